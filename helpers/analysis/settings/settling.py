"""Settling: what was derived, as questions to a person and as lines of corpus.toml, and what stands
once somebody has answered there."""

import json
import re
import textwrap
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from helpers.analysis.settings.derived import Derived, find_iso3, name_country
from helpers.corpus.borders import question_places
from helpers.corpus.folders import is_guarded
from helpers.corpus.places import name_places, split_values
from helpers.corpus.settings import load_settings
from helpers.schema.files import replace_file
from helpers.schema.formatting import join_words, say_period

FILE = "corpus.toml"
SETTLED = "As corpus.toml says."
QUESTIONS = {  # answer → what a person is asked, and the key of corpus.toml that settles it
    "parties": ("Whose word is that of a party to the war? Their bars are grey.", "parties"),
    "sides": ("Which sides took or left places?", "sides"),
    "period": ("Which days do these texts tell of?", "[offensive] start, end"),
    "route": (
        "By which places did the advance go, and where to?",
        "[route] places, target, actors",
    ),
    "country": ("Which country is the map of?", "country"),
}
HEAD = """\
What the figures take for granted and no claim says: each question, the answer that was derived \
from the claims, and what it follows from. A line that begins with # says nothing: its answer is \
derived anew at each run. To settle one, correct it and delete the # at its beginning, and that of \
the head in brackets above it."""


def settle(derived: Derived, settings: dict[str, Any]) -> Derived:
    """The answers, those of corpus.toml (load_settings) in the place of what was derived."""
    found: dict[str, Any] = {}
    route = settings.get("route", {})
    if days := settings.get("offensive"):
        found["period"] = pd.Timestamp(str(days["start"])), pd.Timestamp(str(days["end"]))
    for name in ("sides", "parties"):
        if name in settings:
            found[name] = tuple(settings[name])
    if country := settings.get("country"):
        found["country"] = find_iso3(split_values(country)[0])
    because = {**derived.because, **dict.fromkeys(found, SETTLED)}
    if actors := route.get("actors"):
        found["leading"] = actors[0]
    if stops := route.get("places"):
        away = [*derived.route, *derived.fronts]
        found["route"] = tuple(stops)
        found["fronts"] = tuple(place for place in away if place not in stops)
        because["route"] = SETTLED
    if stops or route.get("target"):
        found["target"] = route.get("target") or stops[-1]
    return replace(derived, **found, because=because)


# --- as questions --------------------------------------------------------------------------------


def list_questions(derived: Derived, places: pd.DataFrame) -> pd.DataFrame:
    """What a person is asked before figures are printed. One row is one question: question, answer
    (as settled or derived), because (from what), settle (key of corpus.toml); last, a row for each
    place whose point lies outside the country that places.csv gives it."""
    answers = {
        "parties": join_words(list(derived.parties)),
        "sides": join_words(list(derived.sides)),
        "period": say_period(*derived.period) if derived.period else "",
        "route": " → ".join(name_places(places, stop) for stop in derived.route),
        "country": name_country(derived.country),
    }
    rows = [
        (question, answers[name] or "not known", derived.because[name], key)
        for name, (question, key) in QUESTIONS.items()
    ]
    rows += _ask_places(places)
    return pd.DataFrame(rows, columns=["question", "answer", "because", "settle"])


def _ask_places(places: pd.DataFrame) -> list[tuple[str, str, str, str]]:
    """A question for each place whose point lies outside its country."""
    return [
        (
            f"Where is {name_places(places, row.place)}?",
            name_country(row.country),
            f"So places.csv; its point lies {row.km:,.0f} km outside, "
            + (f"in {name_country(row.lies_in)}." if row.lies_in else "in no country."),
            "places.csv: lat, lon, country",
        )
        for row in question_places(places).itertuples()
    ]


# --- as lines of corpus.toml ---------------------------------------------------------------------


def list_answers(derived: Derived) -> dict[str, dict[str, Any]]:
    """Answer → the keys of corpus.toml that would settle it, "table.key", with their values; an
    answer that was not found has none."""
    answers: dict[str, dict[str, Any]] = {
        "parties": {"parties": [*derived.parties]},
        "sides": {"sides": [*derived.sides]},
        "country": {"country": derived.country},
        "period": {},
        "route": {},
    }
    if derived.period:
        days = zip(("start", "end"), derived.period)
        answers["period"] = {f"offensive.{name}": day.date() for name, day in days}
    if derived.route:
        answers["route"] = {
            "route.places": [*derived.route],
            "route.target": derived.target,
            "route.actors": [derived.leading],
        }
    return {
        name: {key: value for key, value in keys.items() if value} for name, keys in answers.items()
    }


def compose_settings(derived: Derived, title: str) -> str:
    """A corpus.toml that settles nothing: every answer a line that is commented out, below its
    question and the sentence that says from what it was derived."""
    parts = [
        _comment(HEAD),
        f"{_comment('What is the corpus called? The name of its folder.')}\n"
        f"#title = {_write(title)}",
        f"{_comment('Is the war invented? Then every picture says so.')}\n#invented = true",
    ]
    for name, keys in list_answers(derived).items():
        question, key = QUESTIONS[name]
        lines = [_comment(f"{question} {derived.because[name]}")]
        if not keys:
            lines.append(_comment(f"No answer was found; it would stand here as {key}."))
        if table := re.match(r"\[\w+\]", key):
            lines += [f"#{table[0]}"] if keys else []
        lines += [f"#{key.split('.')[-1]} = {_write(value)}" for key, value in keys.items()]
        parts.append("\n".join(lines))
    return "\n\n".join(parts) + "\n"


def _comment(words: str) -> str:
    """Words as lines of a comment. TOML allows no control character there."""
    words = re.sub(r"[\x00-\x1f\x7f]", " ", words)
    return "\n".join(
        textwrap.wrap(
            words, 98, initial_indent="# ", subsequent_indent="# ", break_on_hyphens=False
        )
    )


def _write(value: Any) -> str:
    """A text, a day or a list of texts as TOML writes it."""
    if isinstance(value, list):
        return f"[{', '.join(map(_write, value))}]"
    if not isinstance(value, str):
        return str(value)
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")


def list_otherwise(derived: Derived, settings: dict[str, Any]) -> list[str]:
    """Where corpus.toml says something else than was derived, or nothing, in a sentence each."""
    said, settled = [], list_answers(settle(derived, settings))
    for name, keys in list_answers(derived).items():
        for path, value in keys.items():
            table, _, key = path.rpartition(".")
            there = settings.get(table, {}) if table else settings
            words = f"[{table}] {key}" if table else key
            if key not in there:
                said.append(f"{words} is left open; derived: {_write(value)}")
            elif settled[name].get(path) != value:
                said.append(f"{words} = {_write(there[key])}; derived: {_write(value)}")
    return said


def save_settings(folder: Path, derived: Derived) -> list[str]:
    """Write a corpus.toml that settles nothing yet (compose_settings); one that is there stays as
    it is. Returns what was done, in sentences. Raises CorpusError when it cannot be written."""
    file = folder / FILE
    if file.exists():
        said = list_otherwise(derived, load_settings(folder))
        stays = f"{folder.name}/{FILE} is there and stays as it is"
        if not said:
            return [f"{stays}; it settles all that was derived, alike."]
        return [f"{stays}. What it settles otherwise, or leaves open:", *(f"- {s}" for s in said)]
    if is_guarded(folder):
        return [f"{folder.name} comes with the project and is never written into."]
    replace_file(file, compose_settings(derived, load_settings(folder)["title"]))
    return [f"{folder.name}/{FILE} was written; it settles nothing until you delete a #."]
