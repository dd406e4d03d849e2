"""The table of key figures of a report and its lists of what the texts answer differently: each row
says what the claims or readings of its sentences say."""

import re

import pandas as pd

from .labels import list_own_places, name_known_sources, name_places, tells_stance
from .report_annex import POINTER, cut_report, read_annex, unescape
from .report_prose import PEOPLE, hold_place, read_measures
from .tables import Tables, count_days, date_captures, find_route, list_captures, list_values, split
from .words import QUOTED, find_days

NUMBERED = re.compile(r"\[“(?P<words>(?:\\.|[^\]\\])*)”\]\{[^}]*\}\[\^n(?P<note>\d+)\]")
EVENTS = {r"offensive begins": "offensive_start", r"captured|fell": "captured"}
READING = re.compile(r"- (?P<said>.+) \(“(?P<title>[^“”]+)”\) \[\\\[(?P<number>\d+)\\\]\]\(#s\d+\)")


def list_rows(markdown: str) -> list[list[str]]:
    """The rows of the table of key figures: what, in which words, where."""
    _, _, rest = cut_report(markdown)[0].partition("\n| Key figure |")
    table = rest.partition("\n\n")[0].splitlines()[2:]
    return [re.split(r"(?<!\\)\|", line)[1:-1] for line in table]


def check_summary(markdown: str, cited: dict[int, list[str]], tables: Tables) -> list[str]:
    """Complaints about the table of key figures; `cited` has the claims of each footnote."""
    annex, found = read_annex(markdown), []
    for row in list_rows(markdown):
        cells = [re.sub(r"\{[^}]*\}|\(#s\d+\)", "", cell).strip() for cell in row]
        if len(row) != 3:
            faults = ["it has not three columns"]
        elif match := NUMBERED.search(row[1]):
            names = cited.get(int(match["note"]), [])
            held = [hold_figure(row, match, tables.by_id[name], tables) for name in names]
            faults = min(held, key=len, default=["it leads to no claim"])
        else:
            faults = hold_group(row, annex, tables)
        found += [f"{fault}, in the row “{unescape(' | '.join(cells))}”" for fault in faults]
    return found


# --- a single claim ------------------------------------------------------------------------------


def hold_figure(row: list[str], match: re.Match, claim, tables: Tables) -> list[str]:
    """A row of one claim: its words, measure, people, place, days, text, source and stance."""
    what, where = unescape(row[0]).strip(), unescape(row[2]).strip()
    words, found = unescape(match["words"]), []
    if words not in (claim["number"], " ".join(claim["exact"].split())):
        found.append(f"its words are “{claim['number'] or claim['exact']}”")
    said = read_measures(what, "")
    if not any(claim["measure"] in measures for measures in said.values()):
        found.append(f"it is {claim['measure']}, not {what}")
    for pattern, who in PEOPLE.items():
        named = re.search(rf"\b(?:{pattern})\b", what, re.I)
        if named and claim["affected"] not in (*who, "mixed"):
            found.append(f"it counts {claim['affected'] or 'nobody in particular'}, not {named[0]}")
        if not named and claim["affected"] in who:
            found.append(f"it counts {claim['affected']}s, and nothing says so")
    found += hold_place(what, claim, tables)
    if claim["place"] and not name_places(what, tables):
        found.append(f"its place is {claim['place']}, and none is named")
    return [
        *found,
        *hold_days(unescape(row[1][match.end() :]), claim, tables),
        *hold_origin(where, f"{what} {where}", claim, tables),
    ]


def hold_days(words: str, claim, tables: Tables) -> list[str]:
    """The days of a row are those of its claim, all of them: of a window its length too."""
    days, found = find_days(words, tables.year), []
    dated = pd.notna(claim["date_start"])
    if len(days) != int(dated) or not all(
        one.fits(claim["date_start"], claim["date_end"]) for one in days
    ):
        found.append(f"its days are {claim['date_start']} to {claim['date_end']}")
    length = re.search(r"\b(\d+) days? or fewer", words)
    if bool(length) != pd.notna(claim["days_most"]) or (
        length and int(length[1]) != count_days(claim)
    ):
        found.append(f"its days are {claim['days_most']} at most")
    return found


def hold_origin(where: str, words: str, claim, tables: Tables) -> list[str]:
    """The text and the sources that a row names are its claim's, all of them and no other."""
    titles = dict(zip(tables.documents["doc_id"], tables.documents["title"]))
    found = []
    if QUOTED.findall(where) != [titles[claim["doc_id"]]]:
        found.append(f"it stands in “{titles[claim['doc_id']]}”, not in {where}")
    voice = where.partition("“")[0].strip().removesuffix(", in")
    if sorted(filter(None, voice.split(" and "))) != sorted(split(claim["source_original"])):
        found.append(f"its source is {claim['source_original'] or 'unnamed'}, not {voice}")
    if claim["assertion"] != "reported" and not tells_stance(words, claim):
        found.append(f"it is {claim['assertion']}, and nothing says so")
    return found


# --- several claims ------------------------------------------------------------------------------


def hold_group(row: list[str], annex: dict, tables: Tables) -> list[str]:
    """A row of several claims, with their sentences: an event at a place, or figures in words
    alone."""
    what, words = unescape(row[0]).strip(), unescape(row[1]).strip()
    entries = [annex[number] for number in list_pointed(row[2]) if number in annex]
    claims = [
        [tables.by_id[span.name] for span in entry.spans if span.name in tables.by_id]
        for entry in entries
    ]
    if not entries:
        return ["it leads to no sentence"]
    kinds = [kind for pattern, kind in EVENTS.items() if re.search(rf"\b(?:{pattern})\b", words)]
    if kinds:
        return hold_event(what, words, kinds[0], claims, tables)
    return hold_words(what, words, claims, tables)


def list_pointed(cell: str) -> list[int]:
    """The numbers of the sentences to which a cell leads."""
    return [
        number
        for match in POINTER.finditer(cell)
        for number in range(int(match["first"]), int(match["last"] or match["first"]) + 1)
    ]


def hold_event(what: str, words: str, kind: str, claims: list, tables: Tables) -> list[str]:
    """What happened at a place: in each sentence there is a claim of it, or a denial that a part of
    the place is held; its days are those that the texts allow, the texts are all counted, and who
    denies or disputes it is named."""
    places, found = name_places(what, tables), []
    if len(places) != 1:
        return [f"{what} is no place"]
    here = [
        [claim for claim in sentence if places[0] in list_own_places(claim, tables)]
        for sentence in claims
    ]
    mine = [claim for sentence in here for claim in sentence if claim["measure"] == kind]
    told = [any(claim["measure"] == kind or is_partly(claim) for claim in one) for one in here]
    if not all(told):
        found.append(f"a sentence of it tells of no {kind} at {what}")
    days = find_days(words, tables.year)
    if kind == "captured":
        _, actors = find_route(tables)
        taken = list_captures(tables, actors)
        texts = set(taken.loc[taken["key"] == places[0], "doc_id"])
        pairs = [date_captures(tables, actors).get(places[0], (pd.NaT, pd.NaT))]
    else:
        texts = {claim["doc_id"] for claim in mine}
        pairs = [(claim["date_start"], claim["date_end"]) for claim in mine]
    if len(days) != 1 or not any(days[0].fits(*pair) for pair in pairs):
        found.append(f"{what} has other days than {words}")
    if {claim["doc_id"] for claim in mine} != texts:
        found.append(f"the texts that tell of it are {sorted(texts)}")
    counted = re.search(r"\b(\d+) texts?\b", words)
    if not counted or int(counted[1]) != len(texts):
        found.append(f"{len(texts)} texts tell of it")
    return found + hold_denial(words, [claim for one in here for claim in one], tables)


def is_partly(claim) -> bool:
    """Whether somebody denies that a part of a place is held."""
    return claim["measure"] == "control_share" and claim["assertion"] == "denied"


def hold_denial(words: str, claims: list, tables: Tables) -> list[str]:
    """Who denies an event is named, and nobody else; so is who disputes a part."""
    found = []
    for verb, partly in (("denied by ", False), ("parts disputed by ", True)):
        sources = {
            source
            for claim in claims
            if claim["assertion"] == "denied" and is_partly(claim) == partly
            for source in split(claim["source_original"])
        }
        said = words.partition(verb)[2].partition(";")[0]
        named = {name.removeprefix("the ") for name in split(said.replace(" and ", ";"))}
        if named != sources:
            found.append(f"it is {verb}{sorted(sources)}, not by “{said}”")
    return found


def hold_words(what: str, words: str, claims: list, tables: Tables) -> list[str]:
    """Figures in words alone: each quotation is that of a claim of this kind without a value, and
    each sentence has one."""
    said, quotes = read_measures(what, ""), QUOTED.findall(words)
    if not said or not quotes:
        return ["nothing says what it counts"]
    measures, told, found = set.union(*said.values()), set(), []
    for sentence in claims:
        mine = {
            claim["number"].lower()
            for claim in sentence
            if claim["measure"] in measures and claim["number"] and not list_values(claim)
        }
        told |= mine
        if not mine & {quote.lower() for quote in quotes}:
            found.append(f"a sentence of it has none of {quotes}")
    odd = [quote for quote in quotes if quote.lower() not in told]
    return [*found, *(f"“{quote}” is in no sentence of it" for quote in odd)]


# --- what the texts answer differently -----------------------------------------------------------


def check_disagreements(markdown: str, tables: Tables) -> list[str]:
    """Each answer in a list is a reading of the question above it, in the text that is named, and
    leads to the sentence that holds its quotation."""
    annex, question, found = read_annex(markdown), "", []
    titles = dict(zip(tables.documents["doc_id"], tables.documents["title"]))
    for line in cut_report(markdown)[0].splitlines():
        if head := re.fullmatch(r"\*\*(.+)\*\*", line):
            question = unescape(head[1])
        elif line.startswith("- ") and "(#s" in line:
            match = READING.fullmatch(line)
            said, title = (unescape(match[1]), unescape(match[2])) if match else ("", "")
            rows = [
                row
                for row in tables.readings.itertuples()
                if (row.question, titles[row.doc_id]) == (question, title)
                and re.fullmatch(rf"{re.escape(row.reading)}(?: \([^)]*\))?", said)
            ]
            entry = annex.get(int(match["number"])) if match else None
            if not rows:
                found.append(f"“{unescape(line)}” is no reading of “{question}”")
            elif not any(holds_reading(entry, row) for row in rows):
                found.append(f"“{unescape(line)}” leads to a sentence without its words")
            else:
                found += check_voice(said.removeprefix(rows[0].reading), line, entry, tables)
    return found


def holds_reading(entry, row) -> bool:
    """Whether a sentence is cited for just what a reading quotes."""
    spans = [(entry.doc_id, span.start, span.end) for span in entry.spans] if entry else []
    return (row.doc_id, int(row.start), int(row.end)) in spans


def check_voice(words: str, line: str, entry, tables: Tables) -> list[str]:
    """Sources named behind a reading are those of a claim of its sentence."""
    own = {
        source
        for span in entry.spans
        if span.name in tables.by_id
        for source in split(tables.by_id[span.name]["source_original"])
    }
    odd = [source for source in name_known_sources(words, tables) if source not in own]
    return [f"“{unescape(line)}” names {odd}, its sentence {sorted(own)}"] if odd else []
