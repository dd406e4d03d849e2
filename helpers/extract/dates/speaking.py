"""Days on which somebody spoke, not on which it happened: "said on | Monday", "Monday | said"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.extract.rules.notation import compile_pattern

if TYPE_CHECKING:
    from helpers.extract.dates.expressions import Dating

_SAID = compile_pattern(
    r"""\b(said|says|told( \w+){1,3}|informed( \w+){1,3}
    |told (an?|the|our|their|his|her) ([\w'’-]+ ){1,4}?(station|channel|radio|television|tv
    |newspaper|daily|agency|correspondents?|reporters?|broadcaster|website|outlet|parliament|council
    |conference|audience)
    |announced|reported|confirmed|warned|declared|claimed|added
    |conceded|admitted|acknowledged|denied|signalled|recalled|tweeted|wrote|insisted|spoke
    |boasted|bragged|alleged|asserted|stated|maintained|stressed|argued|complained|noted|posted
    |broadcast|testified|estimated|disclosed|revealed|repeated|replied|responded
    |statement|according to( \w+){1,4}|interview|published|issued
    |(?<!been\x20)(?<!were\x20)(?<!was\x20)(?<!are\x20)released
    |given\x20out|handed\x20out|speaking)\s+
    ((in|via|to|at|from|through|on) (\w+ ){1,3}
    |by ([\w-]+(,(?!\x20(only|to|before|after|when|but|and)\b))?\x20){1,5}){0,2}
    (late |early |here )?(on )?$
    |\b(letter|e-?mail|reply|response|memo|message|communiqu[ée]|despatch|dispatch|press release)\s+
    (to [^.;,]{1,40})?(dated|of|from) $
    |\b(letter|memo|message|communiqu[ée]|despatch|dispatch|release|bulletin|note|declaration)
    ( (of|from|by|to) [^.;,]{1,40})? (signed|issued|dated|sent out|read out)( on)? $
    |\b(sources?|officials?|residents?|doctors?|medics?|witness(es)?|inhabitants?)
    ( that| who| whom)? (we|i) (joined|reached|contacted|met|interviewed|called)
    ( by (tele)?phone)?( on)? $
    |\b(reached|contacted|interviewed) (by|over the) (tele)?phone( on)? $
    |\b(at|by|in) (an?|the|its|their|our) ([\w-]+ )?(count|tally) (late )?(on )?$
    |\b(tally|tolls?|counts?|lists?|reports?|documents?|registers?|memos?|notes?) dated $
    |\b(figure|toll|number|count|tally|total)\b ([\w-]+ ){0,6}?(was|were|been)\x20
    (raised|revised|lowered|updated|corrected) ((up|down|upwards?|downwards?)\x20)?(to|from)
    ([^.;,]|,(?=\d)){1,30} (late )?(on )?$
    |\b(put|puts|putting|raised|revised|lowered|updated) (the|its|their) ([\w-]+ ){0,3}?
    (tolls?|numbers?|figures?|totals?|counts?|tally) (of [\w-]+ )?(at ([^.;,]|,(?=\d)){1,40} )?
    (late )?(on )?$"""
)
_SAYS = compile_pattern(
    r" (said|says|announced|reported|confirmed|claimed|declared|denied|acknowledged|admitted)\b"
)
# "On Saturday | it had spoken of nine dead", "On Monday | the minister put the toll at 41"
_SPOKE = compile_pattern(
    r""",? ((u\.n\.|(dr|mr|gen|col|lt)\.|[\w'’-]+) ){1,8}?(had |has |was |were )?
    (spoken? of|speaking of
    |(put|gave|given|raised|revised|lowered|updated|corrects|corrected|revises|raises)
    \x20(us |me |reporters )?(the|its|their|an?)
    \x20([\w-]+ ){0,2}?(tolls?|numbers?|figures?|totals?|counts?|tally)\b)
    |,? (the|this|that|its) ([\w-]+ ){0,2}(toll|number|figure|total|count|tally) (was|had been)\x20
    (raised|revised|lowered|updated|corrected)\b"""
)
# "The junta, which seized power in | February 2021 |, said … put the number at 18"
_OF_ASIDE = compile_pattern(r"\b(who|which|that|whose|where)\b[^,;.]*$")
_SPOKE_SIGNS = ("spoke", "speaking of", "toll", "number", "figure", "total", "count", "tally")
_REACH = 110  # characters behind a day in which it is said who spoke of a toll
_RELEASED = compile_pattern(
    r"""\b(reports?|figures?|data|numbers|statements?|videos?|footage|photos?|photographs|images
    |lists?|statistics|estimates?|updates?|surveys?|studies|study|findings|documents?|results|tolls?
    |recordings?)\b[^.;]*\bbeen released (late |early )?(on )?$"""
)
_STUDIED = compile_pattern(
    r"""\b(researchers?|investigators?|analysts|journalists?|reporters?|monitors|delegation|mission
    |we|team)\b([^.;]{0,60})\b(visited|interviewed|examined|analysed|analyzed|reviewed|inspected
    |toured|researched|conducted)\b[^.;]*$
    |\binterviewed [\d,]+ [^.;]*$"""
)

_FOUND = compile_pattern(
    r"""\b(found|finds|concluded|concludes|established|determined|ruled|estimated|estimates
    |calculated|reckoned|judged|held|decided|wrote|said|reported|announced|acknowledged
    |admitted|confirmed
    |declared|revealed|disclosed|noted|stated|documented|learned)\s+(back )?((in|on|at) )?
    (early |late |mid-)?$"""
)


_STUDIED_SIGNS = (
    *("visited", "interviewed", "examined", "analys", "analyz", "reviewed", "inspected", "toured"),
    *("researched", "conducted"),
)


def is_of_speaking(lowered: str, dating: Dating) -> bool:
    """Whether somebody spoke on a day, as the words before or behind it say."""
    if dating.lead in ("since", "begun"):  # "since evacuation was announced on | 27 August"
        return False
    if dating.kind == "period":  # "clashes were reported in Odra | between 6 and 9 May"
        return False
    before = lowered[max(0, dating.start - 60) : dating.start]
    if lowered.startswith(" that ", dating.end) and _FOUND.search(before):
        return True  # "found in | 2022 | that more than 450,000 were killed between 1985 and 2018"
    if "released" in before and _RELEASED.search(
        lowered[max(0, dating.start - 120) : dating.start]
    ):
        return True
    if _SAID.search(before) or _SAYS.match(lowered[dating.end : dating.end + 14]):
        return True
    if lowered.endswith(".", 0, dating.end):  # "died on 10 June. | The toll was raised"
        return False
    behind = lowered[dating.end : dating.end + _REACH]
    if not any(sign in behind for sign in _SPOKE_SIGNS) or not _SPOKE.match(behind):
        return False
    return not (behind.startswith(",") and _OF_ASIDE.search(before))


def is_of_study(lowered: str, dating: Dating) -> bool:
    """Whether those who wrote a report only worked on it then: "Researchers visited Kell in |
    May"."""
    begin = max(lowered.rfind(". ", 0, dating.start), dating.start - 160, 0)
    before = lowered[begin : dating.start]
    return any(sign in before for sign in _STUDIED_SIGNS) and bool(_STUDIED.search(before))


DAYS_FROM = compile_pattern(
    r"""(?<!for\x20)\b(?P<number>a|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve
    |thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty
    |\d{1,2}|the) (?P<unit>day|week|hour)s? (?P<side>after|before)\b~(\w+ ){0,4}$"""
)
"""What stands before an event that is told from the day of another: "two days after | …"."""

CAME = compile_pattern(
    r"""\W*(the|this) ([\w-]+ ){1,3}?(came|comes|happened|took place|followed)\s+
    (?P<number>a|one|two|three|four|five|six|seven|ten|\d{1,2}) (?P<unit>day|week)s?\s+
    (?P<side>after|before)\b"""
)
"""How a sentence begins that tells of what was so many days before the news: "The strike came a day
after | rebels took Odra"."""
