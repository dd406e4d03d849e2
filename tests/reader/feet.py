"""Feet and heads: what the source line and the note count, and whom a title names."""

import re

import pandas as pd

from .tables import Tables, split
from .words import find_days, list_values

LISTED = re.compile(r"Sources?: (\d+) texts?, listed in all_figures\.")
OTHERS = re.compile(r" and (\d+) others?\b")
SAID = re.compile(  # “26,030” displaced, IOM says
    r"“([^”]+)” [a-z ]+, (?:the )?([^,;]+?) says?\b"
)
BY_THEN = re.compile(r"^“([^”]+)” [a-z]+ by (\d+ \w+), (?:the )?([^,;]+?) says?$")
SPOKEN = re.compile(r"(?:^|[,:] )(?:the )?([^,:“]+?) speaks? of “([^”]+)”")
RUNNING = re.compile(  # “52,300” displaced from X by 24 Sep, OCHA says, up from “3,600” five …
    r"^“([^”]+)” [a-z ]+? (?:from|in) (.+?) by ([^,]+), (?:the )?(.+?) says?"
    r"(?:, (up from|down from|as) “([^”]+)” (\S+) (day|week|month)s? earlier)?$"
)
LENGTHS = {"day": 1, "week": 7, "month": 30.4}  # days
UNNAMED = "one text"
LEFT = {  # words of a note → how the kind of claims is called that they count
    r"(\d+) figures? without a day": "figures without a day",
    r"Not drawn: (\d+) figures such as": "figures that only compare",
    r"(\d+) figures of other times": "figures of other times",
}


def check_foot(chart, tables: Tables) -> list[str]:
    """The source line against the texts behind the marks and their days; the note against what was
    left out, denied or not checked."""
    return [*_check_line(chart, tables), *_check_note(chart, tables)]


def _check_line(chart, tables: Tables) -> list[str]:
    say, found = f'{chart.name}, source line: "{chart.source_line}"', []
    used = {doc for row in chart.rows for doc in split(row["documents"])}
    about = tables.documents.set_index("doc_id").loc[sorted(used)]
    line, names = chart.source_line, set(map(_name_text, about.itertuples()))
    everybody = set(map(_name_text, tables.documents.itertuples()))
    if match := LISTED.match(line):
        if int(match[1]) != len(used):
            found.append(f"{say}, and {len(used)} texts stand behind the marks")
        return found
    named = {name for name in everybody if re.search(rf"{re.escape(name)}(?=[,.]| and )", line)}
    if not named or named - names:
        found.append(f"{say}, and {', '.join(sorted(named - names))} stands behind no mark")
    others = OTHERS.search(line)
    if (int(others[1]) if others else 0) != len(names - named):
        found.append(f"{say}, and there are {len(names - named)} others")
    for days in find_days(re.sub(r"“[^”]*”", "", line), tables.year):
        if not days.fits(about["first"].min(), about["last"].max()):
            found.append(f"{say}, and the texts are of other days")
    return found


def _name_text(text) -> str:
    """Its publisher, or its title in quotation marks where nobody knows who published it."""
    return f"“{text.title}”" if text.publisher in ("", "unknown") else text.publisher


def _check_note(chart, tables: Tables) -> list[str]:
    found = []
    left = {group.words: len(group.claims) for group in chart.left_out}
    for pattern, kind in LEFT.items():
        for number in re.findall(pattern, chart.note):
            if int(number) != left.get(kind, 0):
                found.append(f"{chart.name}, note: {number} {kind}, and there are {left.get(kind)}")
    used = {key for row in chart.rows for key in split(row["claims"])}
    claims = tables.claims[tables.claims["claim_id"].isin(used)]
    denied = {key for row in chart.rows if _is_denied(row, claims) for key in [row["mark_id"]]}
    for number in re.findall(r"(\d+) figures? (?:is|are) denied", chart.note):
        if int(number) != len(denied):
            found.append(f"{chart.name}, note: {number} denied, and there are {len(denied)}")
    proposed = int((claims["review"] == "proposed").sum())
    for number, of in re.findall(r"(\d+) of (\d+) figures? not checked", chart.note):
        if (int(number), int(of)) != (proposed, len(claims)):
            found.append(f"{chart.name}, note: {number} of {of}, and it is {proposed}")
    return found


def _is_denied(row: dict, claims: pd.DataFrame) -> bool:
    mine = claims[claims["claim_id"].isin(split(row["claims"]))]
    return bool((mine["assertion"] == "denied").any())


def check_speakers(chart, tables: Tables) -> list[str]:
    """A title that says who gives a number: a claim drawn bears number and source, and lies at the
    place with which the title begins."""
    if not chart.name.endswith("_over_time"):
        return []
    used = {key for row in chart.rows for key in split(row["claims"])}
    claims = tables.claims[tables.claims["claim_id"].isin(used)]
    pairs = [match.groups() for match in SAID.finditer(chart.title)]
    pairs += [match.groups()[::-1] for match in SPOKEN.finditer(chart.title)]
    if told := BY_THEN.match(chart.title):
        return _check_toll(chart, told, claims)
    if running := RUNNING.match(chart.title):
        return _check_running(chart, claims, running.groups(), tables)
    place = chart.title.partition(":")[0]
    return [
        f'{chart.name}: "{chart.title}": no claim of {place} has {number} from {source}'
        for number, source in pairs
        if not any(_is_said(row, number, source, place, tables) for row in claims.itertuples())
    ]


def _check_toll(chart, told: re.Match, claims: pd.DataFrame) -> list[str]:
    """A title that leads with a toll and names no place: a claim drawn has its number and source,
    counts the whole country, and ends on the day."""
    number, day, source = told.groups()
    named = set() if source == UNNAMED else set(re.split(", | and (?:the )?", source))
    for row in claims.itertuples():
        ends = pd.notna(row.date_end) and f"{row.date_end.day} {row.date_end:%b}" == day
        own = row.number == number and set(split(row.source_original)) == named
        if ends and own and str(row.place_prec) == "6":
            return []
    return [f'{chart.name}: "{chart.title}": no claim of the whole country says so']


def _is_said(claim, number: str, source: str, place: str, tables: Tables) -> bool:
    return claim.number == number and _is_said_by(claim, source, place, tables)


def _is_said_by(claim, source: str, place: str, tables: Tables) -> bool:
    named = set(split(claim.source_original))
    wanted = set() if source == UNNAMED else set(re.split(", | and (?:the )?", source))
    here = tables.places["name"].get(claim.place, "")
    return named == wanted and here.lower() == place.lower()


def _check_running(chart, claims: pd.DataFrame, said: tuple, tables: Tables) -> list[str]:
    """A title that tells of a running total: it is drawn, from that source, at that place and of
    that last day; what it has come from is its first, so long before it."""
    number, place, day, source, whence, before, length, unit = said
    mine = [row for row in claims.itertuples() if _is_said_by(row, source, place, tables)]
    spoken = find_days(day, tables.year)
    last = [
        row
        for row in mine
        if row.number.lower() == number.lower()
        and any(days.fits(row.date_end, row.date_end) for days in spoken)
    ]
    if not last:
        return [f'{chart.name}: "{chart.title}": no claim of {source} says so of {place}']
    later = [row for row in mine if row.date_start == last[0].date_start]
    if any(row.date_end > last[0].date_end and row.measure == last[0].measure for row in later):
        return [f'{chart.name}: "{chart.title}": {source} has a later total']
    if not whence:
        return []
    first = [row for row in later if row.number.lower() == before.lower()]
    least = list_values(length)[0]
    for row in first:
        gap = (last[0].date_end - row.date_end).days / LENGTHS[unit]
        ways = {"up from": row.best < last[0].best, "down from": row.best > last[0].best}
        if abs(gap - least) <= 0.5 and ways.get(whence, row.best == last[0].best):
            return []
    return [f'{chart.name}: "{chart.title}": {source} has no such total so long before']
