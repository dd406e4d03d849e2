"""The words round the numbers of a report's prose: they say what the claim of the number says, and
no more; days and counts outside quotations are those of claims."""

import re
from dataclasses import dataclass

from .labels import list_own_places, name_known_sources, name_places, tells_stance
from .tables import Tables, split
from .words import find_days, find_numbers

CITED = re.compile(r"“([^“”]+)” \[n(\d+)\]")
# What a report may say beside a number → the measures that it may then be.
MEASURES = {
    r"killed|dead|deaths?|died|lost their lives": {"killed"},
    r"injured|wounded|hurt": {"injured", "killed_or_injured"},
    r"detained|arrested": {"detained"},
    r"released|freed|set free": {"released"},
    r"forced to flee": {"forced_to_flee"},
    r"fled|left (?!out)|had to leave|newly displaced": {"new_displacement", "forced_to_flee"},
    r"displaced|displacement": {"new_displacement", "forced_to_flee", "idps", "in_camps"},
    r"abroad|refugees?|across (?:the )?borders?": {"refugees"},
    r"in camps": {"in_camps"},
    r"towns and villages|settlements": {"settlements_captured"},
    r"came back|returned|going back": {"returns"},
    r"kilomet(?:er|re)s|km": {"distance"},
    r"(?:was|were) taken in|fall in|fell in|how long it took": {"duration"},
}
PEOPLE = {
    r"civilians?": {"civilian"},
    r"fighters?|soldiers?|combatants?": {"combatant"},
}
CAUSES = (
    r"air ?strikes?|rockets?|rocket attacks?|shelling|artillery|drones?|bomb(?:s|ings?)|"
    r"executions?|massacres?"
)


@dataclass(frozen=True)
class Around:
    """The words round a quotation: right before and after it, as far as the next comma; and the
    whole stretch of the sentence in which it is the only one."""

    before: str
    after: str
    stretch: str


def read_around(sentence: str, match: re.Match) -> Around:
    quotes = [other.span() for other in CITED.finditer(sentence)]
    left = max([end for _, end in quotes if end <= match.start()], default=0)
    right = min([start for start, _ in quotes if start >= match.end()], default=len(sentence))
    before, after = sentence[left : match.start()], sentence[match.end() : right]
    far_before = re.split(r"[;:] ", before)[-1]
    far_after = re.split(r"; |\.$", after)[0]
    return Around(
        re.split(r", ", far_before)[-1],
        re.split(r", |: ", far_after)[0],
        f"{far_before}…{far_after}",
    )


def hold_quote(sentence: str, match: re.Match, claim, tables: Tables) -> list[str]:
    """What stands round a quotation, against its claim."""
    around, found = read_around(sentence, match), []
    if match[1] not in (claim["number"], " ".join(claim["exact"].split())):
        found.append(f"its words are “{claim['number'] or claim['exact']}”")
    own = claim["exact"] if match[1] != claim["number"] else ""
    for words in (around.after, around.before):
        said = read_measures(words, own)
        if said and claim["measure"] not in set.union(*said.values()):
            found.append(f"it is {claim['measure']}, beside it stands {list(said)}")
        if said:
            break
    for pattern, who in PEOPLE.items():
        if (word := re.search(rf"\b(?:{pattern})\b", around.after)) and claim["affected"] not in (
            *who,
            "mixed",
        ):
            found.append(f"it counts {claim['affected'] or 'nobody in particular'}, not {word[0]}")
    found += hold_place(f"{around.before}…{around.after}", claim, tables)
    found += hold_speaker(sentence, match, around, claim, tables)
    found += hold_causes(around, claim, tables)
    for days in find_days(f"{around.before}…{around.after}", tables.year):
        if not days.fits(claim["date_start"], claim["date_end"]):
            found.append(f"its days are {claim['date_start']} to {claim['date_end']}")
    return found


def read_measures(words: str, own: str) -> dict[str, set]:
    """The words that say what is counted, and what each allows; those of the quotation itself do
    not count."""
    found = {}
    for pattern, measures in MEASURES.items():
        match = re.search(rf"\b(?:{pattern})\b", words, re.I)
        if match and "of the population" not in words and match[0] not in own:
            found[match[0]] = measures
    return found


def hold_place(words: str, claim, tables: Tables) -> list[str]:
    """A place that is named is one of the claim's, or a part of its name ("Aleppo and the
    countryside")."""
    named, own = name_places(words, tables), list_own_places(claim, tables)
    spelled = " ".join(
        f"{tables.places.loc[key, 'name']} {tables.places.loc[key, 'names']}"
        for key in own
        if key in tables.places.index
    )
    odd = [key for key in named if key not in own and tables.places.loc[key, "name"] not in spelled]
    return [f"its place is {claim['place'] or 'unsaid'}, not {odd}"] if named and odd else []


def hold_speaker(
    sentence: str, match: re.Match, around: Around, claim, tables: Tables
) -> list[str]:
    """A text or a source that is named is the claim's, and what a party says is told as such."""
    titles = dict(zip(tables.documents["title"], tables.documents["doc_id"]))
    said_by = [
        t
        for t in titles
        if re.search(
            rf"(?:by|according to|in the words of) “{re.escape(t)}”",
            around.stretch.partition("…")[2],
        )
    ]
    before = sentence[: match.start()].rpartition("; ")[2]
    placed = sorted(
        (before.rindex(f"“{title}”"), title) for title in titles if f"“{title}”" in before
    )
    nearest = said_by[:1] or [title for _, title in placed[-1:]]
    found = [
        f"it stands in {claim['doc_id']}, not in “{title}”"
        for title in nearest
        if titles[title] != claim["doc_id"]
    ]
    for source in name_known_sources(around.stretch, tables):
        if source not in split(claim["source_original"]):
            found.append(f"its source is {claim['source_original'] or 'unnamed'}, not {source}")
    if claim["assertion"] != "reported" and not tells_stance(f"{around.stretch} {before}", claim):
        found.append(f"it is {claim['assertion']}, and nothing says so")
    return found


def hold_causes(around: Around, claim, tables: Tables) -> list[str]:
    """Causes that are named are those of the claim's sentence, all of them and no other."""
    text = tables.texts[claim["doc_id"]]
    start = max(text.rfind(stop, 0, int(claim["start"])) for stop in (". ", "\n")) + 1
    ends = [at for stop in (". ", "\n") if (at := text.find(stop, int(claim["end"]))) > 0]
    told = list_causes(text[start : min(ends, default=len(text))])
    named = list_causes(around.after)
    if not named or named == told:
        return []
    return [f"its sentence names {sorted(told)}, the report {sorted(named)}"]


def list_causes(words: str) -> set[str]:
    return {
        re.sub(r" attack|s$| ", "", match[0].lower()).removesuffix("s")
        for match in re.finditer(rf"\b(?:{CAUSES})\b", words, re.I)
    }


# --- days and counts outside quotations ----------------------------------------------------------


def check_rest(sentence: str, tables: Tables) -> list[str]:
    """Days that the prose gives are those of a claim of the text and place that it names; counts
    are of texts, claims or questions."""
    titles = dict(zip(tables.documents["title"], tables.documents["doc_id"]))
    plain = CITED.sub(lambda match: "•" * len(match[0]), sentence)
    for title in titles:
        plain = plain.replace(f"“{title}”", "•" * (len(title) + 2))
    found = []
    for days in find_days(plain, tables.year):
        segment = (
            sentence[: days.start].rpartition("; ")[2] + sentence[days.start :].partition(";")[0]
        )
        named = [title for title in titles if f"“{title}”" in segment]
        part = re.split(r"[,;:] ", sentence[: days.start])[-1] + sentence[days.start : days.end]
        if not fits_claim(part, days, [titles[title] for title in named], tables):
            found.append(f"“{plain[days.start : days.end]}” is the day of no such claim")
        plain = plain[: days.start] + "•" * (days.end - days.start) + plain[days.end :]
    counts = {
        "text": len(tables.documents),
        "claim": len(tables.claims),
        "question": tables.readings["question_id"].nunique() if len(tables.readings) else 0,
    }
    plain = re.sub(r"\bFigure \d+|\b(?:a single|one|no) \w+", " ", plain)
    for _, end, value in find_numbers(plain):
        noun = re.match(r" (\w+?)s?\b", plain[end:])
        if not noun or counts.get(noun[1]) != value:
            found.append(
                f"{value:g}{plain[end : end + 20]} is no count of texts, claims or questions"
            )
    return found


VERBS = {
    r"beg[aiu]n|left \w+ for": "offensive_start",
    r"departure|left(?! \w+ for)|withdr[ae]w\w*|gave .* up": "withdrawn",
    r"enter\w*": "entered",
    r"fell|captur\w+|taken": "captured",
    r"killed": "killed",
}


def fits_claim(words: str, days, doc_ids: list[str], tables: Tables) -> bool:
    """Whether a claim of one of these texts (of any, if none is named) has these days, at a place
    that the words name and of a kind that they tell."""
    rows = tables.claims[tables.claims["date_start"].notna()]
    if doc_ids:
        rows = rows[rows["doc_id"].isin(doc_ids)]
    kinds = [kind for pattern, kind in VERBS.items() if re.search(rf"\b(?:{pattern})\b", words)]
    if kinds:
        rows = rows[rows["measure"].isin(kinds)]
    named = set(name_places(words, tables))
    if named and kinds != ["offensive_start"]:  # an advance on a place begins elsewhere
        rows = rows[[bool(set(split(cell)) & named) for cell in rows["place"]]]
    return any(days.fits(*pair) for pair in zip(rows["date_start"], rows["date_end"]))
