"""Standards: the claims in the field names of UCDP and IDMC, the minimum record of the Standards
for Casualty Recording, and for each claim what it lacks of each.

ucdp_ged.csv      one row is one figure of people killed, in the 49 columns of UCDP GED 25.1
idmc_idu.csv      one row is one figure of people newly displaced, in the 35 fields of IDMC's IDU
casualty_records.csv  the same claims as ucdp_ged.csv, in the ten data that the Standards ask for
standards.csv     one row is one claim held against one of the three: whether it meets it, and what
                  is missing

Behind the fields of others stand ours, in every table: claim_id, quantifier, assertion, review, the
quote and its sentence, and `invented` where the texts are. Nothing is filled in that no text says:
ids, sides A and B of a dyad, types of violence and codes of countries are left to those who keep
them. What is denied or only expected is no row, and standards.csv says so.

UCDP GED: columns and codes of its codebook, https://ucdp.uu.se/downloads/. An event is "an incident
where armed force was used by an organised actor against another organized actor, or against
civilians, resulting in at least 1 direct death at a specific location and a specific date".
IDMC IDU: https://www.internal-displacement.org/database/api-documentation; flows alone.
Standards for Casualty Recording (Every Casualty Worldwide, 2016): "location of incident, date or
time of incident, source, numbers killed, name, age, sex/gender, type of death, involved actors,
perpetrators"; without name, age and sex the numbers killed are "the minimal acceptable level",
https://everycasualty.org/knowledge-base/what-data-should-casualty-recorders-collect/.
"""

from collections.abc import Callable
from typing import NamedTuple

import pandas as pd

from helpers.analysis.selection import Study
from helpers.corpus.borders import load_borders
from helpers.corpus.places import split_values
from helpers.publish.exports.rows import Rendered, describe_claims, locate_places, write_day
from helpers.schema.csv_files import compose_table
from helpers.schema.formatting import count

UCDP, IDMC, CASUALTIES, CHECKS = (
    "ucdp_ged.csv",
    "idmc_idu.csv",
    "casualty_records.csv",
    "standards.csv",
)
GED_COLUMNS = """\
id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id
conflict_name dyad_dset_id dyad_new_id dyad_name side_a_dset_id side_a_new_id side_a
side_b_dset_id side_b_new_id side_b number_of_sources source_article source_office source_date
source_headline source_original where_prec where_coordinates where_description adm_1 adm_2
latitude longitude geom_wkt priogrid_gid country country_id region event_clarity date_prec
date_start date_end deaths_a deaths_b deaths_civilians deaths_unknown best high low gwnoa
gwnob""".split()
IDU_COLUMNS = """\
id country iso3 latitude longitude centroid role displacement_type qualifier figure
displacement_date displacement_start_date displacement_end_date year event_id event_name
event_codes event_code_types event_start_date event_end_date category subcategory type subtype
standard_popup_text standard_info_text old_id sources source_url locations_name
locations_coordinates locations_accuracy locations_type displacement_occurred created_at""".split()
RECORD_COLUMNS = """\
location_of_incident date_or_time_of_incident source numbers_killed name age sex_gender
type_of_death involved_actors perpetrators""".split()
COORDINATES = "locations_coordinates"
OURS = [
    "claim_id", "doc_id", "quantifier", "assertion", "review", "exact", "sentence",
]  # fmt: skip
QUALIFIERS = {  # ours → IDMC's four (Figure.QUANTIFIER of its data model, "total" in the IDU)
    "exact": "total",
    "more_than": "more than",
    "at_least": "more than",
    "less_than": "less than",
    "up_to": "less than",
    "about": "approximately",
    "nearly": "approximately",
}
ACCURACY = {  # UCDP where_prec → IDMC's accuracy of a location, where both draw the same line
    "1": "Point",
    "3": "District/Zone/Department (ADM2)",
    "4": "State/Region/Province (ADM1)",
    "6": "Country/territory (ADM0)",
}
STOOD = ("reported", "claimed")  # a denial, a plan and a forecast are no event


class Standard(NamedTuple):
    """A standard: its name, which claims it is about, the fields of one, those without which a
    claim does not meet it, those that it has besides, and whether a record is one incident, which
    a figure that counts a period is not."""

    name: str
    holds: Callable[[pd.DataFrame], pd.Series]
    fill: Callable[[Study, "Claim"], dict[str, object]]
    needed: tuple[str, ...]
    asked: tuple[str, ...]
    is_incident: bool = False


class Claim(NamedTuple):
    """A claim as the three tables need it: its row (text, days, numbers), one point where its place
    has a single one, the ISO code and the name of its country."""

    row: dict
    point: tuple[float, float] | None
    iso3: str
    country: str


def render_standards(study: Study) -> Rendered:
    """The four tables."""
    table = describe_claims(study)
    ours = [*OURS, "invented"] if study.is_invented else OURS
    files, remarks, checks = {}, [], []
    for name, standard in STANDARDS.items():
        about = table[standard.holds(table)]
        stood = about["assertion"].isin(STOOD)
        rows = []
        for row in about.to_dict("records"):
            filled = standard.fill(study, _prepare(study, row))
            checks.append(_check(standard, row, filled))
            rows.append(filled | {column: row[column] for column in ours})
        columns = [*COLUMNS[name], *ours]
        kept = [row for row, stands in zip(rows, stood) if stands]
        files[name] = _compose(pd.DataFrame(kept, columns=columns, dtype=object))
        if len(kept) < len(rows):
            left = count(len(rows) - len(kept), "figure")
            remarks.append(f"{name}: {left} left out, denied or only expected; see {CHECKS}")
        if not kept:
            remarks.append(
                f"{name}: no claim of this corpus belongs there; it holds its head alone"
            )
    columns = ["claim_id", "standard", "meets", "missing", "exact"]
    held = pd.DataFrame(checks, columns=columns, dtype=object)
    files[CHECKS] = _compose(held.assign(invented="yes") if study.is_invented else held)
    return Rendered(files, remarks)


def _compose(table: pd.DataFrame) -> bytes:
    """A table as CSV, without a mark, which R takes for a name. Words are guarded against formulas,
    and coordinates, which are none of a text's, are not."""
    return compose_table(table.fillna(""), own=[COORDINATES]).encode("utf-8", "replace")


def _prepare(study: Study, row: dict) -> Claim:
    points = locate_places(study, row["place"], countries=True)
    codes = {
        study.places.at[key, "country"]
        for key in split_values(row["place"])
        if key in study.places.index
    } - {""}
    iso3 = codes.pop() if len(codes) == 1 else ""
    countries = load_borders().countries
    country = countries[iso3].name if iso3 in countries else ""
    return Claim(row, points[0] if len(points) == 1 else None, iso3, country)


def _check(standard: Standard, row: dict, filled: dict[str, object]) -> dict[str, str]:
    """What a claim lacks of a standard, the needed first."""
    lacks = [name for name in standard.needed if not _is_filled(filled[name])]
    if standard.is_incident and row["date_kind"] not in ("point", ""):
        lacks.insert(0, "a single incident (a total over a period)")
    if row["assertion"] not in STOOD:
        lacks.insert(0, f"the word of somebody ({row['assertion']})")
    asked = [name for name in standard.asked if not _is_filled(filled[name])]
    return {
        "claim_id": row["claim_id"],
        "standard": standard.name,
        "meets": "no" if lacks else "yes",
        "missing": "; ".join([*lacks, *asked]),
        "exact": row["exact"],
    }


def _is_filled(cell: object) -> bool:
    return cell != "" and not pd.isna(cell)


def _is_killed(table: pd.DataFrame) -> pd.Series:
    return (table["measure"] == "killed") & (table["unit"] == "person")


def _is_displaced(table: pd.DataFrame) -> pd.Series:
    units = table["unit"].isin(["person", "household"])
    return (table["measure"] == "new_displacement") & units


def _fill_ged(study: Study, claim: Claim) -> dict[str, object]:
    """A figure of people killed in the columns of UCDP GED.

    Its dead are deaths_civilians, or deaths_a where they are combatants of one side (side_a: the
    side of the dead), else deaths_unknown. date_prec goes to 5 there, a year.
    """
    row = claim.row
    civilian = row["affected"] == "civilian"
    sided = (
        row["affected"] == "combatant" and row["affected_side"] and ";" not in row["affected_side"]
    )
    against = "Civilians" if civilian else ""
    dead = "deaths_unknown"
    if civilian:
        dead = "deaths_civilians"
    elif sided:
        dead = "deaths_a"
    dated = row["date_prec"] in "12345"
    first, last = write_day(row["date_start"]), write_day(row["date_end"])
    name, office = row["place_name"], _name_publisher(row)
    return dict.fromkeys(GED_COLUMNS, "") | {
        "relid": row["claim_id"],
        "year": first[:4] if first[:4] == last[:4] else "",
        "side_a": row["affected_side"] if sided else row["actor"],
        "side_b": row["actor"] if sided else against,
        "number_of_sources": 1,
        "source_article": f'"{office},{row["published"]},{row["text_title"]}"',
        "source_office": office,
        "source_date": row["published"],
        "source_headline": row["text_title"],
        "source_original": row["source_original"],
        "where_prec": row["place_prec"],
        "where_coordinates": name,
        "where_description": name,
        "adm_1": _name_province(study, row["place"]),
        **_write_point(claim.point, "latitude", "longitude"),
        "geom_wkt": f"POINT ({claim.point[1]} {claim.point[0]})" if claim.point else "",
        "country": claim.country,
        "date_prec": row["date_prec"] if dated else "",
        "date_start": first,
        "date_end": last,
        dead: _write_number(row["best"]),
        **{bound: _write_number(row[bound]) for bound in ("best", "high", "low")},
    }


def _fill_idu(study: Study, claim: Claim) -> dict[str, object]:
    """A figure of people newly displaced in the fields of IDMC's Internal Displacement Updates.

    figure is the value that the words give, or their upper bound where they say no other; a range
    ("between 10,000 and 40,000") and a vague word have none, and neither have households, which
    IDMC multiplies by a size that no text says.
    """
    row = claim.row
    figure = row["high"] if row["quantifier"] in ("less_than", "up_to") else row["best"]
    first, last = write_day(row["date_start"]), write_day(row["date_end"])
    places = locate_places(study, row["place"], countries=True)
    point = claim.point
    return dict.fromkeys(IDU_COLUMNS, "") | {
        "country": claim.country,
        "iso3": claim.iso3,
        **_write_point(point, "latitude", "longitude"),
        "centroid": f"[{point[0]}, {point[1]}]" if point else "",
        "displacement_type": "Conflict",
        "qualifier": QUALIFIERS.get(row["quantifier"], ""),
        "figure": _write_number(figure) if row["unit"] == "person" else "",
        "displacement_date": first if first == last else "",
        "displacement_start_date": first,
        "displacement_end_date": last,
        "year": first[:4] if first[:4] == last[:4] else "",
        "sources": row["source_original"] or _name_publisher(row),
        "source_url": row["url"],
        "locations_name": row["place_name"],
        COORDINATES: "; ".join(f"{lat}, {lon}" for lat, lon in places),
        "locations_accuracy": ACCURACY.get(row["place_prec"], ""),
        "locations_type": "Origin" if row["place"] else "",
    }


def _fill_record(study: Study, claim: Claim) -> dict[str, object]:
    """A figure of people killed as the minimum record of the Standards for Casualty Recording.
    Name, age, sex and type of death are not coded here: whoever keeps such records finds the
    sentence beside."""
    row = claim.row
    first, last = write_day(row["date_start"]), write_day(row["date_end"])
    days = first if first == last else f"{first}/{last}"
    actors = dict.fromkeys([*split_values(row["affected_side"]), *split_values(row["actor"])])
    told = (_name_publisher(row), row["text_title"], row["published"], row["url"] or row["file"])
    return dict.fromkeys(RECORD_COLUMNS, "") | {
        "location_of_incident": row["place_name"],
        "date_or_time_of_incident": days,
        "source": ", ".join(filter(None, told)),
        "numbers_killed": _write_range(row),
        "involved_actors": "; ".join(actors),
        "perpetrators": "; ".join(split_values(row["actor"])),
    }


def _write_range(row: dict) -> str:
    """The number as it is worded: 746; 22 or more; up to 30; 10 to 40; "" for a vague word."""
    low, best, high = (_write_number(row[bound]) for bound in ("low", "best", "high"))
    if low and high:
        return low if low == high else f"{low} to {high}"
    if low:
        return f"{low} or more"
    if high:
        return f"up to {high}"
    return f"about {best}" if best else ""


def _write_number(value: float) -> str:
    return "" if pd.isna(value) else f"{value:.15g}"


def _write_point(point: tuple[float, float] | None, lat: str, lon: str) -> dict[str, object]:
    return {lat: point[0], lon: point[1]} if point else {lat: "", lon: ""}


def _name_publisher(row: dict) -> str:
    return "" if row["publisher"] == "unknown" else row["publisher"]


def _name_province(study: Study, keys: str) -> str:
    """The first-order division of a place, where it lies in a single one."""
    known = [key for key in split_values(keys) if key in study.places.index]
    found = {study.places.at[key, "governorate"] for key in known} - {""}
    return found.pop() if len(found) == 1 else ""


COLUMNS = {UCDP: GED_COLUMNS, IDMC: IDU_COLUMNS, CASUALTIES: RECORD_COLUMNS}
STANDARDS = {
    UCDP: Standard(
        "UCDP GED 25.1",
        _is_killed,
        _fill_ged,
        ("side_a", "side_b", "best", "where_coordinates", "date_prec"),
        ("low", "high", "latitude", "longitude", "source_office", "source_date"),
    ),
    IDMC: Standard(
        "IDMC IDU",
        _is_displaced,
        _fill_idu,
        ("figure", "qualifier", "iso3", "displacement_start_date", "displacement_end_date"),
        ("latitude", "longitude", "sources", "source_url", "locations_accuracy"),
    ),
    CASUALTIES: Standard(
        "Standards for Casualty Recording",
        _is_killed,
        _fill_record,
        ("location_of_incident", "date_or_time_of_incident", "source", "numbers_killed"),
        ("name", "age", "sex_gender", "type_of_death", "involved_actors", "perpetrators"),
        is_incident=True,
    ),
}
