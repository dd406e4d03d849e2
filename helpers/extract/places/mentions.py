"""Places in a text: names that a gazetteer knows, and names that stand where only a place can stand.

The corpus's own places come first, then GeoNames (`geonames`). What neither knows but a frame shows to be a place
("captured Kell", "the town of Mira", "Ost fell") is listed for a person, without coordinates. A name is judged
only when somebody asks for the places of its stretch of text, and then with all that bears on it elsewhere.
"""

import re
from bisect import bisect_left, bisect_right
from functools import cached_property
from operator import itemgetter

from helpers.extract.places.context import has_followers, is_framed, is_person
from helpers.extract.places.gazetteer import (
    Gazetteer,
    PlaceMention,
    build_gazetteer,
    describe_place,
    guess_country,
    mention_place,
)
from helpers.extract.places.names import (
    NO_NAME,
    ORGANISED,
    TITLES,
    key_name,
    list_common,
    may_shout,
)
from helpers.extract.places.spans import (
    LIST_ENDS,
    LISTS_ON,
    Run,
    begins,
    drop_adverbs,
    is_list,
    read_runs,
)

__all__ = [
    "Gazetteer",
    "PlaceMention",
    "Places",
    "build_gazetteer",
    "describe_place",
    "find_places",
    "guess_country",
    "key_name",
]

_ODD = re.compile("[^\x00-\x7f“”‘’–—…€£•\xa0]")
_LONG = 20_000  # characters; in a longer text every name is read at once, for each look at all its letters costs its length
_ADJECTIVE = re.compile(
    r"(?:ian|ians|ese|ish|ists?|ites|eans?)$|-(?:backed|led|aligned|held|based|controlled)\b"
)


def find_places(text: str, lowered: str, gazetteer: Gazetteer) -> list[PlaceMention]:
    """The places a text names, in reading order, none inside another. Linear in the length of the text."""
    return Places(text, lowered, gazetteer).within(0, len(text))


_start, _end = itemgetter(0), itemgetter(1)


class Places:
    """The places of one text, found when they are asked for."""

    def __init__(self, text: str, lowered: str, gazetteer: Gazetteer):
        self.text, self.lowered, self.gazetteer = text, lowered, gazetteer
        self.led: dict[str, bool] = {}  # last word → whether a person bears it somewhere
        self.shown: dict[str, bool] = {}  # name → whether it is a place somewhere
        self.named: dict[int, bool] = {}  # run → whether it is a person
        self.paragraph: tuple[int, int, list[PlaceMention], list[Run]] = (
            -1,
            -1,
            [],
            [],
        )  # the one read last

    @cached_property
    def shouted(self) -> list[tuple[int, int]]:
        """The lines that may be all in capitals: there every word must be read."""
        found, at = [], 0
        for line in self.text.split("\n"):
            if may_shout(line):
                found.append((at, at + len(line)))
            at += len(line) + 1
        return found

    def sketch(self, start: int, end: int) -> str:
        """A stretch, lowered, with a sign behind each word that may be of a place (`sketches`); "" where every word may be."""
        line = bisect_right(self.shouted, start, key=_end)
        if line < len(self.shouted) and self.shouted[line][0] < end:
            return ""
        return " ".join(map(self.gazetteer.marks.__getitem__, self.text[start:end].split()))

    @cached_property
    def _all(self) -> tuple[list[PlaceMention], list[Run]]:
        if self.shouted:
            return read_runs(self.text, self.lowered, self.gazetteer, 0, len(self.text), True)
        known, runs, first = [], [], 0
        for paragraph in self.text.split("\n\n"):  # no name goes over a blank line
            met, found = read_runs(
                self.text, self.lowered, self.gazetteer, first, first + len(paragraph), False
            )
            known += met
            runs += found
            first += len(paragraph) + 2
        return known, runs

    @property
    def known(self) -> list[PlaceMention]:
        """The places that a table or, in capitals, GeoNames tells without judging; in reading order."""
        return self._all[0]

    @cached_property
    def runs(self) -> list[Run]:
        """The names still to be judged, in reading order."""
        return drop_adverbs(self.text, self._all[1])

    @cached_property
    def by_name(self) -> dict[str, list[int]]:
        """Name → the runs that bear it."""
        found: dict[str, list[int]] = {}
        for order, run in enumerate(self.runs):
            found.setdefault(run.name, []).append(order)
        return found

    @cached_property
    def by_last(self) -> dict[str, list[Run]]:
        """Last word → the runs that end with it."""
        found: dict[str, list[Run]] = {}
        for run in self._all[1]:
            found.setdefault(run.tokens[-1].folded, []).append(run)
        return found

    def within(self, start: int, end: int) -> list[PlaceMention]:
        """The places that begin between two offsets, in reading order."""
        if (near := self._read_near(start, end)) is not None:
            return near
        orders = range(
            bisect_left(self.runs, start, key=_start), bisect_left(self.runs, end, key=_start)
        )
        self._show(
            {self.runs[order].name for order in orders if self.runs[order].name not in self.shown}
        )
        return self._mention(
            start,
            end,
            self.known,
            [
                self.runs[order]
                for order in orders
                if self.shown[self.runs[order].name] and not self._is_person(order)
            ],
        )

    def _mention(
        self, start: int, end: int, known: list[PlaceMention], runs: list[Run]
    ) -> list[PlaceMention]:
        found = [mention_place(self.text, run.start, run.end, self.gazetteer) for run in runs]
        known = known[bisect_left(known, start, key=_start) : bisect_left(known, end, key=_start)]
        return sorted(found + known) if known else found

    # --- without the rest of the text: a name that stands nowhere else is judged where it stands ----------------

    @cached_property
    def _letters(self) -> str:
        """The text, lowered, without apostrophes: in it every name that folds to the same has the same letters. "" where that cannot be said."""
        if (
            self.shouted
            or len(self.text) > _LONG
            or not self.text.isascii()
            and _ODD.search(self.text)
        ):
            return ""
        return self.lowered.replace("'", "").replace("’", "").replace("‘", "").replace("`", "")

    def _read_near(self, start: int, end: int) -> list[PlaceMention] | None:
        """The places between two offsets, if the words of their paragraph are enough to tell."""
        if "_all" in self.__dict__ or not self._letters:
            return None
        first, last = self.text.rfind("\n\n", 0, start) + 2, self.text.find("\n\n", end)
        first, last = first if first > 1 else 0, last if last >= 0 else len(self.text)
        if (first, last) != self.paragraph[:2]:
            known, runs = read_runs(self.text, self.lowered, self.gazetteer, first, last, False)
            self.paragraph = first, last, known, drop_adverbs(self.text, runs)
        _, _, known, runs = self.paragraph
        places = []
        for order in range(
            bisect_left(runs, start, key=_start), bisect_left(runs, end, key=_start)
        ):
            if (
                judged := self._judge_near(runs[order], runs[order - 1] if order else None)
            ) is None:
                return None
            if judged:
                places.append(runs[order])
        return self._mention(start, end, known, places)

    def _judge_near(self, run: Run, before: Run | None) -> bool | None:
        """Whether a run is a place; None if the rest of the text has a say: the name again, or a list with other names."""
        if self._reads_person(run):
            return False
        is_known = run.name in self.gazetteer.cities
        if is_known and self._stands(run):
            return True
        if self._letters.count(run.tokens[-1].folded.split()[-1]) != 1:
            return None
        if not is_known and (has_followers(self.lowered, run.tokens[-1].end) or self._stands(run)):
            return not has_followers(self.lowered, run.tokens[-1].end)
        listed = LISTS_ON.match(self.text, run.end) or (
            is_list(self.text, before, run)
            if before
            else self.text[max(0, run.start - 60) : run.start].rstrip().endswith(LIST_ENDS)
        )
        return None if listed else False

    # --- with the rest of the text -------------------------------------------------------------------------------

    def _is_person(self, order: int) -> bool:
        if order not in self.named:
            run = self.runs[order]
            self.named[order] = (
                self._reads_person(run)
                or self._is_led(run.tokens[-1].folded)
                and run.name not in self.gazetteer.cities
            )
        return self.named[order]

    def _reads_person(self, run: Run) -> bool:
        return is_person(
            self.text,
            self.lowered,
            run.tokens[0].folded in TITLES,
            len(run.tokens),
            run.start,
            run.end,
        )

    def _is_led(self, last: str) -> bool:
        """Whether a run with this last word is a person anywhere in the text."""
        if last not in self.led:
            self.led[last] = any(
                has_followers(self.lowered, run.tokens[-1].end) or self._reads_person(run)
                for run in self.by_last[last]
            )
        return self.led[last]

    def _stands(self, run: Run) -> bool:
        """Whether a run, if no person, is a place by itself: known, or by its frame."""
        start, end, name, tokens = run
        alone = len(tokens) == 1
        if name in self.gazetteer.cities:
            return (
                not alone
                or not begins(self.text, start)
                and tokens[0].folded not in list_common()
                or is_framed(self.text, self.lowered, start, end)
            )
        if (
            len(name) < 3
            or any(token.folded in ORGANISED for token in tokens)
            or _ADJECTIVE.search(name)
            or end - start <= 5
            and self.text[start:end].isupper()
        ):
            return False
        if alone and (name in NO_NAME or begins(self.text, start) and name in list_common()):
            return False
        return is_framed(self.text, self.lowered, start, end)

    def _show(self, names: set[str]) -> None:
        """Judges names, with those that stand in a list with them: "Kell, Mira and Ost fell". From both ends, one pass each."""
        orders, links, open_names = set(), set(), names
        names = set()
        while open_names:
            name = open_names.pop()
            names.add(name)
            for order in self.by_name[name]:
                orders.add(order)
                for first in (order - 1, order):
                    if (
                        first not in links
                        and 0 <= first < len(self.runs) - 1
                        and is_list(self.text, self.runs[first], self.runs[first + 1])
                    ):
                        links.add(first)
                        open_names |= {self.runs[first].name, self.runs[first + 1].name} - names
        for name in names:
            self.shown[name] = any(
                not self._is_person(order) and self._stands(self.runs[order])
                for order in self.by_name[name]
            )
        for first in sorted(links):
            self._pass_on(first, first, first + 1)
        for first in sorted(links, reverse=True):
            self._pass_on(first, first + 1, first)

    def _pass_on(self, first: int, one: int, other: int) -> None:
        name = self.runs[other].name
        if (
            self.shown[self.runs[one].name]
            and not self.shown[name]
            and not self._is_person(other)
            and name not in NO_NAME
            and not any(word in ORGANISED or word in TITLES for word in name.split())
            and not (
                self.text[self.runs[first].end] == "," and begins(self.text, self.runs[first].start)
            )
        ):
            self.shown[name] = True
