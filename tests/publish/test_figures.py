"""The family of files of a figure: what is in each, the same every time, and whole."""

import json
import os
import re
import struct
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from importlib.metadata import version
from pathlib import Path
from platform import python_version
from xml.etree import ElementTree

import matplotlib
import pandas as pd
import pytest

from helpers.charts import FIGURES, draw_figure
from helpers.charts.chart import absent_chart
from helpers.corpus.folders import REPOSITORY
from helpers.publish import record
from helpers.publish.description import describe_chart, load_figures
from helpers.publish.figures import Shown, list_figures, save_figure
from helpers.publish.formats.pictures import render_chart
from helpers.publish.gallery import save_gallery
from helpers.publish.notebook.display import show_findings
from helpers.publish.record import make_record
from helpers.schema.errors import CorpusError, ParameterError
from helpers.schema.locks import expect_turns, is_last_turn
from tests.charts.test_charts import EVERY_CHART
from tests.conftest import make_study

FAMILY = ["svg", "pdf", "png", "csv", "json", "md"]
SOME = [
    "displacement_over_time",
    "corpus",
    "casualties_over_time",
    "advance_map",
]  # bars, a heatmap, log axes, a map


def put(chart, folder: Path, **parameters):
    """The chart, to be saved into another folder or with other parameters."""
    study = chart.study
    return replace(
        chart, study=replace(study, figures=folder, parameters=study.parameters | parameters)
    )


@pytest.fixture(scope="module")
def saved(charts, tmp_path_factory) -> Path:
    """A folder with the families of a few charts."""
    folder = tmp_path_factory.mktemp("saved") / "figures"
    for name in SOME:
        save_figure(put(charts[name], folder))
    return folder


def read_family(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir())}


# --- the family ----------------------------------------------------------------------------------


def test_a_figure_is_a_family_of_files_with_one_stem(saved):
    assert sorted(file.name for file in saved.iterdir()) == sorted(
        f"{name}.{ending}" for name in SOME for ending in FAMILY
    )


def test_only_the_formats_asked_for_are_drawn(charts, tmp_path):
    save_figure(put(charts["displacement_over_time"], tmp_path, formats=["png"]))
    assert sorted(file.suffix for file in tmp_path.iterdir()) == [".csv", ".json", ".md", ".png"]


@pytest.mark.parametrize(
    ("width", "stem"),
    [("full", "advance_map"), ("column", "advance_map_column"), ("slide", "advance_map_slide")],
)
def test_a_width_other_than_the_full_one_stands_in_the_name(charts, tmp_path, width, stem):
    chart = put(charts["advance_map"], tmp_path, width=width, formats=["svg"])
    save_figure(chart)
    assert make_record(chart).stem == stem
    assert {file.stem for file in tmp_path.iterdir()} == {stem}


def test_an_absent_chart_writes_nothing(study, tmp_path):
    shown = save_figure(put(absent_chart(study, "x", "there is nothing."), tmp_path / "none"))
    assert isinstance(shown, Shown)
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("name", SOME)
def test_a_figure_drawn_and_saved_again_has_the_same_bytes(saved, study, tmp_path, name):
    save_figure(put(draw_figure(name, study), tmp_path))
    again = read_family(tmp_path)
    assert again == {key: data for key, data in read_family(saved).items() if key in again}
    assert len(again) == len(FAMILY)


@pytest.mark.parametrize("kind", ["svg", "pdf", "png"])
def test_rendering_a_chart_leaves_it_as_it_was(charts, kind):
    first = render_chart(make_record(charts["parts_of_a_total"]), kind)
    for other in ("png", "pdf", "svg"):
        render_chart(make_record(charts["parts_of_a_total"]), other)
    assert render_chart(make_record(charts["parts_of_a_total"]), kind) == first


def test_the_sentences_behind_a_figure_are_listed_once(charts, tmp_path, monkeypatch):
    listed, list_them = [], record.list_citations

    def count_lists(chart):
        listed.append(chart.name)
        return list_them(chart)

    monkeypatch.setattr(record, "list_citations", count_lists)
    monkeypatch.setattr("IPython.display.display", lambda _: None)
    save_figure(put(charts["displacement_over_time"], tmp_path))._ipython_display_()
    assert listed == ["displacement_over_time"]


def test_saving_a_figure_changes_no_setting_and_heeds_none(saved, charts, tmp_path):
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        before = dict(matplotlib.rcParams)
        save_figure(put(charts["displacement_over_time"], tmp_path))
        assert dict(matplotlib.rcParams) == before
    for name, data in read_family(tmp_path).items():
        assert data == (saved / name).read_bytes(), name


# --- pictures ------------------------------------------------------------------------------------


def read_size(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG")
    return struct.unpack(">II", png[16:24])


@EVERY_CHART
def test_a_full_figure_is_174_mm_wide_at_300_dpi(charts, name):
    assert read_size(render_chart(make_record(charts[name]), "png"))[0] == pytest.approx(
        174 / 25.4 * 300, abs=1
    )


def test_a_column_is_85_mm_wide_at_300_dpi():
    chart = draw_figure("displacement_over_time", make_study(width="column"))
    assert read_size(render_chart(make_record(chart), "png"))[0] == pytest.approx(
        85 / 25.4 * 300, abs=1
    )


@pytest.mark.parametrize("name", ["displacement_over_time", "advance_map"])
def test_a_slide_is_16_to_9(name):
    width, height = read_size(
        render_chart(make_record(draw_figure(name, make_study(width="slide"))), "png")
    )
    assert width == pytest.approx(338.7 / 25.4 * 300, abs=1)
    assert width / height == pytest.approx(16 / 9, rel=1e-3)


def test_a_picture_states_its_resolution(saved):
    png = (saved / "advance_map.png").read_bytes()
    at = png.index(b"pHYs") + 4
    dots, _, unit = struct.unpack(">IIB", png[at : at + 9])
    assert unit == 1
    assert dots * 0.0254 == pytest.approx(300, abs=0.1)


@EVERY_CHART
def test_every_mark_is_an_element_of_the_svg(charts, name):
    root = ElementTree.fromstring(render_chart(make_record(charts[name]), "svg"))
    found = [
        element.get("id")
        for element in root.iter()
        if (element.get("id") or "").startswith("mark-")
    ]
    assert sorted(found) == sorted("mark-" + charts[name].marks["mark_id"])


@pytest.mark.parametrize("name", SOME)
def test_every_mark_of_the_svg_has_something_to_show(saved, name):
    root = ElementTree.fromstring((saved / f"{name}.svg").read_bytes())
    marks = [element for element in root.iter() if (element.get("id") or "").startswith("mark-")]
    shapes = ("path", "use", "rect", "circle", "polyline", "text")
    assert marks
    assert all(any(part.tag.split("}")[1] in shapes for part in mark.iter()) for mark in marks)


@pytest.mark.parametrize("name", SOME)
def test_an_svg_has_no_clock_in_it(saved, name):
    assert b"dc:date" not in (saved / f"{name}.svg").read_bytes()


@EVERY_CHART
def test_the_letters_of_a_pdf_can_be_edited(charts, name):
    data = render_chart(make_record(charts[name]), "pdf")
    assert data.startswith(b"%PDF")
    assert b"/Type3" not in data
    assert b"/FontFile2" in data


def test_a_pdf_has_no_clock_in_it(saved):
    assert b"CreationDate" not in (saved / "advance_map.pdf").read_bytes()


def test_a_png_names_no_program(saved):
    assert b"Software" not in (saved / "advance_map.png").read_bytes()


# --- data and evidence ---------------------------------------------------------------------------


@EVERY_CHART
def test_the_json_lists_every_mark(charts, name):
    marks = describe_chart(make_record(charts[name]))["marks"]
    assert [(mark["mark"], mark["kind"], ";".join(mark["documents"])) for mark in marks] == list(
        charts[name].marks[["mark_id", "kind", "documents"]].itertuples(index=False, name=None)
    )
    assert [";".join(claim["claim"] for claim in mark["claims"]) for mark in marks] == list(
        charts[name].marks["claims"]
    )


@EVERY_CHART
def test_the_json_lists_the_claims_that_were_left_out(charts, name):
    assert describe_chart(make_record(charts[name]))["left_out"] == [
        {"words": group.words, "claims": group.claims} for group in charts[name].left_out
    ]


@EVERY_CHART
def test_a_quote_of_the_json_stands_in_its_text(charts, study, name):
    texts = dict(zip(study.documents["doc_id"], study.documents["text"]))
    titles = dict(zip(study.documents["doc_id"], study.documents["title"]))
    quotes = [
        claim
        for mark in describe_chart(make_record(charts[name]))["marks"]
        for claim in mark["claims"]
    ]
    assert quotes
    for quote in quotes:
        assert texts[quote["document"]][quote["start"] : quote["end"]] == quote["quote"] != "", (
            quote["claim"]
        )
        assert quote["title"] == titles[quote["document"]]


@pytest.mark.parametrize("name", SOME)
def test_the_json_is_what_describes_the_chart(saved, charts, name):
    assert json.loads((saved / f"{name}.json").read_text("utf-8")) == json.loads(
        json.dumps(describe_chart(make_record(charts[name])))
    )


@pytest.mark.parametrize("name", SOME)
def test_the_json_names_no_path_no_clock_and_no_python(saved, name):
    text = (saved / f"{name}.json").read_text("utf-8")
    for word in (
        str(REPOSITORY),
        str(saved),
        str(Path.home()) + os.sep,
        python_version(),
        date.today().isoformat(),
    ):
        assert word not in text, word
    assert not re.search(r"\d{2}:\d{2}:\d{2}", text)
    assert not re.search(r'"(/|[A-Z]:\\)', text)


def test_the_json_leaves_out_the_parameters_that_are_folders(charts):
    parameters = describe_chart(make_record(charts["advance_map"]))["parameters"]
    assert not {"corpus", "figures", "style"} & set(parameters)
    assert {
        "since",
        "until",
        "documents",
        "width",
    } <= set(parameters)


def test_the_json_names_the_versions_of_what_drew_it(charts):
    packages = describe_chart(make_record(charts["advance_map"]))["packages"]
    assert {"matplotlib", "pandas"} <= set(packages)
    assert packages == {name: version(name) for name in packages}


def test_the_json_says_which_corpus_it_was_made_from(charts, study, corpus):
    assert describe_chart(make_record(charts["displacement_over_time"]))["corpus"] == {
        "title": study.settings["title"],
        "sha256": study.checksum,
    }
    with (corpus / "corpus.toml").open("a") as settings:
        settings.write("\n# a remark\n")
    assert (
        describe_chart(
            make_record(draw_figure("displacement_over_time", make_study(corpus=str(corpus))))
        )["corpus"]["sha256"]
        != study.checksum
    )


@pytest.mark.parametrize("name", SOME)
def test_the_csv_has_a_row_for_every_mark(saved, charts, name):
    table = pd.read_csv(saved / f"{name}.csv", dtype=str, keep_default_na=False)
    assert list(table["mark_id"]) == list(charts[name].marks["mark_id"])
    assert list(table["claims"]) == list(charts[name].marks["claims"])


def test_the_csv_holds_the_plotted_values(saved, charts):
    table, marks = (
        pd.read_csv(saved / "casualties_over_time.csv"),
        charts["casualties_over_time"].marks,
    )
    for column in ("low", "x", "high"):
        assert list(table[column].dropna()) == list(marks[column].dropna())


# --- all of it or nothing ------------------------------------------------------------------------


def test_a_folder_that_cannot_be_made_is_named(charts, tmp_path):
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(
        CorpusError, match=re.escape(f"{tmp_path / 'file' / 'figures'} cannot be written")
    ):
        save_figure(put(charts["displacement_over_time"], tmp_path / "file" / "figures"))
    assert (tmp_path / "file").read_text() == "no folder"


@pytest.fixture
def old_family(tmp_path) -> dict[str, bytes]:
    """A family from an earlier run, in tmp_path."""
    for ending in FAMILY:
        (tmp_path / f"displacement_over_time.{ending}").write_text("an earlier run")
    return read_family(tmp_path)


def fail(error):
    def stop(*_, **__):
        raise error

    return stop


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
@pytest.mark.parametrize("where", ["os.replace", "pathlib.Path.write_bytes"])
def test_a_run_that_stops_half_way_leaves_the_old_family(
    charts, tmp_path, old_family, monkeypatch, where, error
):
    chart = put(charts["displacement_over_time"], tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(where, fail(error))
        with pytest.raises((CorpusError, KeyboardInterrupt)):
            save_figure(chart)
    assert read_family(tmp_path) == old_family


def test_a_disk_that_fills_up_while_writing_leaves_no_half_file(
    charts, tmp_path, old_family, monkeypatch
):
    write, written = Path.write_bytes, []

    def write_three(path, data):
        written.append(path)
        write(path, data[:10])
        if len(written) == 3:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", write_three)
    with pytest.raises(CorpusError, match="No space left on device"):
        save_figure(put(charts["displacement_over_time"], tmp_path))
    assert len(written) == 3
    assert read_family(tmp_path) == old_family


def test_a_picture_that_cannot_be_rendered_leaves_the_old_family(
    charts, tmp_path, old_family, monkeypatch
):
    monkeypatch.setattr("helpers.publish.figures.render_chart", fail(RuntimeError("no renderer")))
    with pytest.raises(RuntimeError, match="no renderer"):
        save_figure(put(charts["displacement_over_time"], tmp_path))
    assert read_family(tmp_path) == old_family


def test_a_new_family_replaces_the_old_one_whole(charts, tmp_path, old_family):
    save_figure(put(charts["displacement_over_time"], tmp_path))
    new = read_family(tmp_path)
    assert set(new) == set(old_family)
    assert not set(new.values()) & set(old_family.values())


# --- where figures go ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("selection", "folder"),
    [
        ({"documents": ["004"]}, "documents-004"),
        ({"documents": ["004", "002"]}, "documents-004+002"),
        ({"until": "2024-12-01"}, "until-2024-12-01"),
        ({"scope": ["war"], "since": "2020-01-01"}, "since-2020-01-01_scope-war"),
        ({"actors": ["HTS coalition"]}, "actors-HTS-coalition"),
        ({"width": "column"}, "width-column"),
        ({"documents": ["004"], "width": "slide"}, "documents-004_width-slide"),
    ],
)
def test_a_selection_has_a_folder_of_its_own(study, selection, folder):
    assert make_study(**selection).figures == study.figures / folder


def test_another_corpus_has_a_folder_of_its_own(study, corpus):
    assert make_study(corpus=str(corpus)).figures == study.figures / corpus.name


@pytest.mark.parametrize("parameters", [{"width": "full"}, {"formats": ["png"]}, {"documents": []}])
def test_what_selects_no_claims_changes_no_folder(study, parameters):
    assert make_study(**parameters).figures == study.figures


def test_a_folder_asked_for_is_taken(tmp_path):
    assert (
        make_study(figures=str(tmp_path / "mine"), documents=["004"]).figures == tmp_path / "mine"
    )


# --- what a notebook shows -----------------------------------------------------------------------


def test_the_list_of_figures_counts_marks_and_claims(charts, study):
    table = list_figures(*charts.values(), absent_chart(study, "x", "there is nothing."))
    assert list(table.index) == list(FIGURES)
    assert table.loc["displacement_over_time"].to_dict() == {
        "marks": 8,
        "claims": 8,
        "files": "svg pdf png csv json md",
    }
    for name, chart in charts.items():
        claims = {claim for cell in chart.marks["claims"] for claim in cell.split(";") if claim}
        assert table.loc[name, ["marks", "claims"]].tolist() == [len(chart.marks), len(claims)], (
            name
        )


def test_the_list_of_figures_names_the_formats_asked_for(charts, tmp_path):
    table = list_figures(put(charts["advance_map"], tmp_path, formats=["png"], width="slide"))
    assert table["files"].to_dict() == {"advance_map_slide": "png csv json md"}


def test_the_list_of_no_figures_is_empty():
    assert list_figures().empty
    assert list(list_figures().columns) == ["marks", "claims", "files"]


def display_shown(chart, monkeypatch) -> list:
    pieces = []
    monkeypatch.setattr("IPython.display.display", pieces.append)
    save_figure(chart)._ipython_display_()
    return pieces


def test_a_notebook_shows_finding_picture_reading_and_evidence(charts, tmp_path, monkeypatch):
    chart = put(charts["displacement_over_time"], tmp_path)
    heading, picture, reading, evidence = display_shown(chart, monkeypatch)
    assert heading.data == f"### {chart.title}"
    assert reading.data == chart.reading
    assert picture.data.startswith(b"\x89PNG")
    assert picture.alt == chart.alt
    assert picture.width == round(174 / 25.4 * 96)
    assert "nearly 400,000" in evidence.data
    assert "003-011" in evidence.data


def test_a_notebook_shows_why_a_chart_is_absent(study, monkeypatch):
    [sentence] = display_shown(absent_chart(study, "x", "there is nothing."), monkeypatch)
    assert sentence.data == "`x` is not drawn: there is nothing."


def test_the_findings_of_a_notebook_are_its_titles(charts, study):
    found = show_findings(charts["advance_map"], absent_chart(study, "x", "there is nothing.")).data
    assert found == f"- {charts['advance_map'].title}\n- `x` is not drawn: there is nothing."


# --- the gallery ---------------------------------------------------------------------------------


USAGE = [
    "Tables",
    "From a mark to its sentence",
    "Put a figure into a report",
    "A report in one step",
    "For other programs",
]


@pytest.fixture(scope="module")
def hung(charts, tmp_path_factory) -> Path:
    """A folder with a gallery: the headline, a map at two widths, a figure without a picture."""
    folder = tmp_path_factory.mktemp("hung")
    save_figure(put(charts["advance_map"], folder))
    save_figure(put(charts["advance_map"], folder, width="slide"))
    save_figure(put(charts["displacement_over_time"], folder, formats=[]))
    save_figure(put(charts["overview"], folder, formats=["png"]))
    assert (
        save_gallery(replace(charts["advance_map"].study, figures=folder)) == folder / "index.html"
    )
    return folder


@pytest.fixture
def gallery(hung) -> str:
    return (hung / "README.md").read_text("utf-8")


def test_the_gallery_shows_the_figures_in_their_order(gallery, charts):
    titles = re.findall(r"^## (.*)$", gallery, re.M)
    figures = ("overview", "displacement_over_time", "advance_map", "advance_map")
    assert titles == [charts[name].title for name in figures] + USAGE


def test_the_gallery_says_how_figures_are_used_after_the_last_of_them(gallery):
    template = REPOSITORY / "helpers" / "publish" / "templates" / "figures.md"
    assert gallery.endswith(template.read_text("utf-8"))


def test_every_link_of_the_gallery_leads_to_a_file(gallery, hung):
    links = re.findall(r"\]\(([^)]*)\)", gallery)
    assert {"advance_map.svg", "advance_map_slide.pdf", "displacement_over_time.csv"} <= set(links)
    assert all((hung / link).is_file() for link in links)


def test_every_file_of_a_folder_is_linked_from_its_gallery(gallery, hung):
    files = {str(file.relative_to(hung)) for file in hung.rglob("*") if file.is_file()}
    apart = {"README.md", "evidence/marks.html", "states/0001.json.gz"}
    assert files - apart == set(re.findall(r"\]\(([^)]*)\)", gallery))


def test_the_gallery_shows_each_picture_there_is(gallery, charts):
    assert list(re.findall(r"^!\[.*\]\((.*)\.png\)$", gallery, re.M)) == [
        "overview",
        "advance_map",
        "advance_map_slide",
    ]
    assert f"![{charts['overview'].alt}](overview.png)" in gallery


def test_the_gallery_counts_marks_and_claims(gallery, charts):
    claims = {claim for cell in charts["overview"].marks["claims"] for claim in cell.split(";")}
    assert f" · {len(charts['overview'].marks)} marks, {len(claims)} claims" in gallery


def test_a_reading_that_is_no_claim_keeps_its_quote(charts, study):
    texts = dict(zip(study.documents["doc_id"], study.documents["text"]))
    marks = describe_chart(make_record(charts["disagreements"]))["marks"]
    assert marks
    for mark in marks:
        quote = mark["reading"]
        assert texts[mark["documents"][0]][quote["start"] : quote["end"]] == quote["quote"]


def test_a_large_number_is_written_out_in_the_table(charts, tmp_path):
    chart = replace(
        charts["displacement_over_time"],
        rows=[{**charts["displacement_over_time"].rows[0], "x": 1234567.0}],
    )
    assert "1234567" in chart.marks.to_csv(index=False, float_format="%.15g")


def test_pictures_of_another_selection_do_not_stay_beside_new_rows(tmp_path):
    folder = str(tmp_path)
    save_figure(draw_figure("displacement_over_time", make_study(figures=folder)))
    save_figure(draw_figure("displacement_over_time", make_study(figures=folder, formats=["png"])))
    assert (tmp_path / "displacement_over_time.svg").exists()
    save_figure(
        draw_figure(
            "displacement_over_time", make_study(figures=folder, formats=["png"], documents=["003"])
        )
    )
    assert not (tmp_path / "displacement_over_time.svg").exists()
    assert (tmp_path / "displacement_over_time.png").exists()


def test_fewer_formats_leave_the_description_of_a_figure_as_it_is(tmp_path):
    described = []
    for formats in (["svg", "pdf", "png"], ["png"]):
        save_figure(
            draw_figure(
                "displacement_over_time", make_study(figures=str(tmp_path), formats=formats)
            )
        )
        described.append((tmp_path / "displacement_over_time.json").read_bytes())
    assert described[0] == described[1]
    assert (tmp_path / "displacement_over_time.pdf").exists()


def test_the_gallery_is_written_again_when_a_figure_changes_meanwhile(
    charts, tmp_path, monkeypatch
):
    study = replace(charts["displacement_over_time"].study, figures=tmp_path)
    save_figure(put(charts["displacement_over_time"], tmp_path))
    rendered = []

    def render_late(
        *arguments,
    ):  # another notebook writes its figure while this one writes the gallery
        rendered.append(list(arguments[1]))
        if len(rendered) == 1:
            save_figure(put(charts["advance_map"], tmp_path))
        return b"page"

    monkeypatch.setattr("helpers.publish.gallery.render_gallery", render_late)
    save_gallery(study)
    assert rendered == [["displacement_over_time"], ["displacement_over_time", "advance_map"]]


def test_of_several_notebooks_in_one_run_the_last_writes_the_gallery(charts, tmp_path):
    study = replace(charts["displacement_over_time"].study, figures=tmp_path / "figures")
    save_figure(put(charts["displacement_over_time"], tmp_path / "figures"))
    page = study.figures / "index.html"
    with expect_turns(tmp_path / "turns", 2):
        save_gallery(study)
        assert not page.exists()
        assert (study.figures / "states" / "0001.json.gz").exists()
        save_gallery(study)
        assert page.exists()
        page.unlink()
        save_gallery(study)  # nobody expected a third: it leaves nothing to others
    assert page.exists()
    page.unlink()
    save_gallery(study)  # by itself, as in JupyterLab
    assert page.exists()


def test_of_turns_taken_at_once_one_is_the_last(tmp_path):
    start = threading.Barrier(8)

    def take(_) -> bool:
        start.wait()
        return is_last_turn()

    with ThreadPoolExecutor(8) as pool:
        for number in range(50):
            with expect_turns(tmp_path / str(number), 8):
                assert sum(pool.map(take, range(8))) == 1


def test_a_gallery_that_is_as_it_should_be_is_not_written_again(charts, tmp_path):
    study = replace(charts["displacement_over_time"].study, figures=tmp_path)
    save_figure(put(charts["displacement_over_time"], tmp_path))
    save_gallery(study)
    before = {file: file.stat().st_mtime_ns for file in tmp_path.rglob("*")}
    save_gallery(study)
    assert {file: file.stat().st_mtime_ns for file in tmp_path.rglob("*")} == before


def test_pages_of_texts_that_are_gone_do_not_stay(charts, tmp_path):
    study = replace(charts["displacement_over_time"].study, figures=tmp_path)
    save_figure(put(charts["displacement_over_time"], tmp_path))
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence" / "text-gone.html").write_text(
        '<!doctype html>\n<meta name="generator" content="Eleven Days">'
    )
    save_gallery(study)
    assert {file.name for file in (tmp_path / "evidence").iterdir()} == {"index.html", "marks.html"}


def test_a_json_that_is_no_figure_is_none_of_the_gallery(charts, tmp_path):
    save_figure(put(charts["displacement_over_time"], tmp_path))
    (tmp_path / "package.json").write_text('{"name": "other"}')
    (tmp_path / "broken.json").write_text("{")
    assert list(load_figures(tmp_path)) == ["displacement_over_time"]


def test_a_gallery_that_cannot_be_written_says_so_and_leaves_the_old_one(charts, tmp_path):
    study = replace(charts["displacement_over_time"].study, figures=tmp_path)
    save_figure(put(charts["displacement_over_time"], tmp_path))
    (tmp_path / "README.md").write_bytes(b"old")
    (tmp_path / "evidence").write_text("no folder")
    with pytest.raises(CorpusError, match="cannot be written"):
        save_gallery(study)
    assert (tmp_path / "README.md").read_bytes() == b"old"


def test_pages_that_others_put_beside_the_evidence_stay(charts, tmp_path):
    study = replace(charts["displacement_over_time"].study, figures=tmp_path)
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence" / "interview.html").write_text("mine")
    save_gallery(study)
    assert (tmp_path / "evidence" / "interview.html").read_text() == "mine"


def test_a_figure_drawn_before_the_corpus_changed_is_in_no_gallery(charts, tmp_path):
    study = replace(charts["displacement_over_time"].study, figures=tmp_path)
    save_figure(put(charts["displacement_over_time"], tmp_path))
    save_gallery(replace(study, checksum="0" * 64))
    assert "displacement_over_time" not in (tmp_path / "index.html").read_text("utf-8") + (
        tmp_path / "evidence" / "marks.html"
    ).read_text("utf-8")
    save_gallery(study)
    assert "displacement_over_time.svg" in (tmp_path / "index.html").read_text("utf-8")


def test_a_write_that_fails_leaves_the_pictures_of_other_formats_too(charts, tmp_path, monkeypatch):
    save_figure(put(charts["displacement_over_time"], tmp_path))
    before = read_family(tmp_path)
    other = replace(
        put(charts["displacement_over_time"], tmp_path, formats=["png"]), title="Another"
    )
    monkeypatch.setattr("os.replace", fail(OSError(28, "No space left on device")))
    with pytest.raises(CorpusError, match="cannot be written"):
        save_figure(other)
    assert read_family(tmp_path) == before


def test_figures_do_not_go_among_the_texts(corpus):
    with pytest.raises(
        ParameterError, match="is the folder of the texts, where pages would be taken for texts"
    ):
        make_study(corpus=str(corpus), figures=str(corpus))
