"""Opening a study: a folder is looked up once, and the options of a session stay as they were."""

import shutil

import pandas as pd
import pytest

import helpers.analysis.selection
import helpers.corpus.folders
from helpers.analysis.disagreements import list_disagreements
from helpers.analysis.review import name_doubted
from helpers.charts import draw_figure
from helpers.charts.casualties import draw_casualties_over_time
from helpers.claims.gate import load_claim_table
from helpers.publish.description import write_caption
from helpers.publish.figures import save_figure
from helpers.publish.notebook.display import show_table
from helpers.schema.csv_files import save_table
from helpers.schema.errors import ClaimsError, ParameterError
from tests.conftest import SEEDS, make_study

OPTIONS = ["display.max_colwidth", "display.max_rows", "mode.string_storage"]


def list_options() -> dict:
    return {name: pd.get_option(name) for name in OPTIONS}


@pytest.mark.parametrize("corpus", ["seeds", "tests/samples/veshka"])
def test_a_folder_is_looked_up_once(monkeypatch, corpus):
    found = helpers.corpus.folders.find_folder
    asked = []

    def count(folder):
        asked.append(folder)
        return found(folder)

    for module in (helpers.corpus.folders, helpers.analysis.selection):
        monkeypatch.setattr(module, "find_folder", count)
    make_study(corpus=corpus)
    assert asked == [corpus]


def test_opening_a_study_leaves_the_options_of_the_session_alone():
    before = list_options()
    make_study(corpus=str(SEEDS))
    assert list_options() == before


def test_showing_a_table_leaves_the_options_of_the_session_alone():
    before = list_options()
    show_table(pd.DataFrame({"exact": ["a"]}))
    assert list_options() == before


def test_saving_a_figure_leaves_the_options_of_the_session_alone(tmp_path):
    study = make_study(figures=str(tmp_path))
    before = list_options()
    save_figure(draw_casualties_over_time(study))
    assert list_options() == before


def test_a_quote_is_shown_whole():
    quote = "Rebels took the town " + "and the next town " * 40
    with pd.option_context("display.max_colwidth", 50):
        assert quote.strip() in show_table(pd.DataFrame({"exact": [quote.strip()]})).data


def test_a_study_holds_strings_of_python():
    study = make_study()
    for table in (study.documents, study.coded, study.claims):
        assert table["doc_id"].dtype.storage == "python"


def test_a_proposal_read_in_two_ways_waits_for_a_person(corpus):
    file = corpus / "claims.csv"
    claims = load_claim_table(file)
    row = claims["claim_id"] == "004-078"
    claims.loc[row, ["measure", "review"]] = ["injured", "proposed"]
    save_table(claims, file)
    study = make_study(corpus=str(corpus))
    assert "004-078" not in set(study.all_claims["claim_id"])
    assert "004-078" in set(study.coded["claim_id"])
    assert (
        "1 proposal is read in two ways and not drawn until a person decides "
        "(004-078 “746”: measure injured or killed)" in study.remark
    )


def test_what_a_person_decided_is_drawn_though_a_reading_differs_and_the_caption_names_it(corpus):
    file = corpus / "claims.csv"
    claims = load_claim_table(file)
    claims.loc[claims["claim_id"] == "004-078", ["measure", "review"]] = ["injured", "corrected"]
    save_table(claims, file)
    study = make_study(corpus=str(corpus))
    assert "004-078" in set(study.all_claims["claim_id"])
    row = study.coded[study.coded["claim_id"] == "004-078"]
    assert name_doubted(row) == (
        "A person settled what a second reading has otherwise: 004-078 (measure)."
    )
    assert "004-078 (measure)" in write_caption(draw_casualties_over_time(study))


# --- by day of publication -----------------------------------------------------------------------


def list_texts(**parameters) -> list[str]:
    """The texts with a claim in a selection of the default corpus: 000 of 8/9 December, 001 of 8,
    002 of 30 November/1 December, 003 of 5 to 7, 004 of 6 December 2024."""
    return sorted(set(make_study(**parameters).all_claims["doc_id"]))


@pytest.mark.parametrize(
    ("since", "until", "kept"),
    [
        ("2024-12-08", "", ["000", "001"]),
        ("", "2024-12-05", ["002", "003"]),
        ("2024-12-05", "2024-12-06", ["003", "004"]),
        ("2024-12-09", "", ["000"]),  # an interval that overlaps
        ("2024-12-01", "2024-12-01", ["002"]),
    ],
)
def test_texts_are_kept_by_their_day_of_publication(since, until, kept):
    assert list_texts(published_since=since, published_until=until) == kept


def test_ids_and_days_of_publication_both_hold():
    assert list_texts(published_since="2024-12-06", documents=["002", "004"]) == ["004"]


def test_a_selection_by_publication_is_said_and_has_a_folder_of_its_own():
    study = make_study(published_since="2024-12-06")
    assert study.selection == "published since 2024-12-06"
    assert study.figures.name == "published_since-2024-12-06"


def test_readings_of_texts_of_other_days_are_left_out():
    kept = list_disagreements(make_study(published_until="2024-12-05"))
    assert set(kept[kept["found"] == ""]["doc_id"]) == {"002", "003"}


def test_texts_without_a_day_are_left_out_of_days_of_publication_and_counted(tmp_path):
    samples = SEEDS.parent / "tests" / "samples"
    for file in [*(samples / "veshka").glob("0*"), samples / "undated" / "letter.txt"]:
        shutil.copy(file, tmp_path)
    study = make_study(corpus=str(tmp_path), published_since="2031-03-04")
    assert set(study.all_claims["doc_id"]) == {"02_olmir_falls", "03_the_port"}
    assert study.remark.endswith("1 text without a day of publication left out.")
    assert "without a day" not in make_study(corpus=str(tmp_path)).remark
    with pytest.raises(ParameterError, match="the texts are of 2031-03-03 to 2031-03-09"):
        make_study(corpus=str(tmp_path), published_since="2031-04-01")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (
            {"published_since": "2025-01-01"},
            r'no text was published from published_since = "2025-01-01" .*2024-11-30.*2024-12-09',
        ),
        (
            {"published_since": "2024-12-09", "published_until": "2024-12-01"},
            'published_since = "2024-12-09" lies after published_until = "2024-12-01"; swap them',
        ),
        ({"published_until": "8.12."}, 'published_until = "8.12." is not a day'),
        ({"published_since": "2024-12-08/2024-12-09"}, "is not a day"),
    ],
)
def test_days_of_publication_that_keep_nothing_are_refused(asked, said):
    with pytest.raises(ParameterError, match=said):
        make_study(**asked)


# One faulty row stops no other


def spoil(corpus, claim="001-005", **cells):
    table = load_claim_table(corpus / "claims.csv")
    for name, cell in cells.items():
        table.loc[table["claim_id"] == claim, name] = cell
    table.to_csv(corpus / "claims.csv", index=False)


def test_a_faulty_row_is_left_out_and_the_others_are_drawn(corpus, claims):
    spoil(corpus, date_start="03/04/2024")
    study = make_study(corpus=str(corpus))
    assert set(claims["claim_id"]) - set(study.all_claims["claim_id"]) == {"001-005"}
    assert "1 row left out, for it does not stand in the texts (claims.csv row" in study.remark
    assert "(001-005): date_start: “03/04/2024” may be 3 Apr 2024 or 4 Mar 2024" in repr(study)


def test_strict_stops_at_a_faulty_row(corpus):
    spoil(corpus, date_start="03/04/2024")
    with pytest.raises(ClaimsError, match="does not stand in its texts; nothing is drawn"):
        make_study(corpus=str(corpus), strict=True)


def test_every_figure_says_which_rows_were_left_out(corpus):
    spoil(corpus, exact="what no text says")
    study = make_study(corpus=str(corpus))
    for name in ("displacement_over_time", "overview", "sources"):
        chart = draw_figure(name, study)
        assert "1 faulty row left out." in chart.note
        assert "(001-005): the text at" in chart.refused[0]
    spoil(corpus, "001-006", date_prec="5")
    chart = draw_figure("corpus", make_study(corpus=str(corpus)))
    assert chart.note.startswith("2 faulty rows left out.")


def test_a_figure_of_rows_that_all_stand_says_nothing_of_rows_left_out(study, charts):
    assert study.faulty == []
    assert not any("left out" in chart.note for chart in charts.values())


def test_where_no_row_stands_the_run_stops(corpus):
    table = load_claim_table(corpus / "claims.csv").assign(scope="x")
    table.to_csv(corpus / "claims.csv", index=False)
    with pytest.raises(ClaimsError, match=r"nothing is drawn \(216\)"):
        make_study(corpus=str(corpus))


def test_a_faulty_row_that_was_rejected_is_not_missed(corpus):
    spoil(corpus, date_start="03/04/2024", review="rejected")
    assert make_study(corpus=str(corpus)).faulty == []


def test_what_corpus_toml_names_may_stand_in_a_row_left_out_alone(corpus):
    table = load_claim_table(corpus / "claims.csv")
    row = table["claim_id"] == "001-005"
    table.loc[row, ["actor", "date_prec"]] = ["Border Guard", "5"]
    table.to_csv(corpus / "claims.csv", index=False)
    settings = (corpus / "corpus.toml").read_text("utf-8")
    (corpus / "corpus.toml").write_text(
        settings.replace("parties = [", 'parties = ["Border Guard", ', 1), "utf-8"
    )
    assert len(make_study(corpus=str(corpus)).faulty) == 1
