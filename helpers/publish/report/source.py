"""Source: what the Markdown source of a report may hold. Every check gives (line, fault) pairs, to be said at once."""

import re

from jinja2 import nodes
from jinja2.sandbox import SandboxedEnvironment

from helpers.claims.audit import FINDER, NOT_FOLD
from helpers.publish.report.draft import suggest
from helpers.publish.report.slots import SLOTS

FRACTIONS = re.compile(r"[¼-¾⅐-⅞]")
NOT_COUNTED = {
    "one",
    "once",
    "first",
    "second",
    "both",
}  # of the audit's number words, those that in prose seldom count
NOT_PROSE = re.compile(
    r"(?i:\bhow many\b)|\]\([^)\n]*\)|^\[[^\]\n]+\]:.*$|(?<=[\])])\{[^}\n]*\}|<https?://[^>\n]*>|^ *\d+[.)](?= )",
    re.M,
)  # a question, targets, attributes, list numbers


def check_prose(environment: SandboxedEnvironment, source: str) -> list[tuple[int, str]]:
    """(line, fault) of every number typed in the prose. What is a number is what the number audit calls one."""
    faults = []
    for line, kind, text in environment.lex(source):
        prose = NOT_PROSE.sub("", text) if kind == "data" else ""
        for match in (*FINDER.finditer(prose), *FRACTIONS.finditer(prose)):
            if match[0].lower() not in NOT_COUNTED | NOT_FOLD:
                where = line + prose[: match.start()].count("\n")
                faults.append(
                    (
                        where,
                        f'"{match[0]}" is a number typed in the text; take it from a claim, {{{{ number("id") }}}}, a count or a headline, say it without a number, or own it: {{{{ own("…") }}}}',
                    )
                )
    return faults


def check_headings(environment: SandboxedEnvironment, source: str) -> list[tuple[int, str]]:
    """(line, fault) of headings that make no report: the first thing is its one title, `# …`, and no `###` stands
    before the first `##`. What stands in slots is no heading."""
    text = "".join(
        value if kind == "data" else re.sub(r"[^\n]", "x" if kind == "string" else " ", value)
        for _, kind, value in environment.lex(source)
    )
    found = [
        (text[: match.start()].count("\n") + 1, len(match[1]))
        for match in re.finditer(r"^(#{1,6}) ", text, re.M)
    ]
    titles = [line for line, level in found if level == 1]
    if not titles:
        return [(1, "the report has no title; begin with a heading, # and its words")]
    first = next((number for number, line in enumerate(text.splitlines(), 1) if line.strip()), 1)
    faults = [(first, "this stands before the title; begin with a heading, # and its words")] * (
        first < titles[0]
    )
    faults += [(line, "this is a second title; write ## for a section") for line in titles[1:]]
    if len(found) > 1 and found[1][1] > 2:
        faults.append(
            (
                found[1][0],
                "this is no section of the title's; the first heading below it is written ##",
            )
        )
    return faults


def check_parts(calls: list[nodes.Call]) -> list[tuple[int, str]]:
    """(line, fault) of what a report has once and has twice: a figure, the methods, the annex."""
    seen, faults = set(), []
    for call in calls:
        key = (
            call.node.name,
            *(value.value for value in call.args if isinstance(value, nodes.Const)),
        )
        if call.node.name in ("annex", "methods") or call.node.name == "figure" and len(key) > 1:
            faults += [(call.lineno, f"{call.node.name} stands here a second time; drop one")] * (
                key in seen
            )
            seen.add(key)
    return faults


def check_slots(tree: nodes.Template) -> list[tuple[int, str]]:
    """(line, fault) of every name that is no slot, every slot without brackets, every part that stands twice, and
    every number typed inside the braces."""
    names = list(tree.find_all(nodes.Name))
    own = {node.name for node in names if node.ctx != "load"}
    calls = [
        call
        for call in tree.find_all(nodes.Call)
        if isinstance(call.node, nodes.Name) and call.node.name in SLOTS
    ]
    called = {id(call.node) for call in calls}
    named = {
        id(value) for call in calls for value in (*call.args, *(pair.value for pair in call.kwargs))
    }
    faults = [
        (
            node.lineno,
            f'"{node.name}" is no slot{suggest(node.name, SLOTS)} The slots are {", ".join(SLOTS)}',
        )
        for node in names
        if node.ctx == "load" and node.name not in {*SLOTS, *own, "loop"}
    ]
    faults += [
        (node.lineno, f'"{node.name}" stands without its brackets; write {{{{ {node.name}(…) }}}}')
        for node in names
        if node.ctx == "load" and node.name in SLOTS and id(node) not in called
    ]
    faults += [
        (
            call.lineno,
            "figures() is for a loop; write {% for name in figures() %}{{ figure(name) }}{% endfor %}",
        )
        for output in tree.find_all(nodes.Output)
        for call in output.nodes
        if call in calls and call.node.name == "figures"
    ]
    return (
        faults
        + check_parts(calls)
        + [
            (
                node.lineno,
                f'{node.value!r} is a number typed in a slot; take it from a claim, {{{{ number("id") }}}}, a count or a headline',
            )
            for node in tree.find_all(nodes.Const)
            if id(node) not in named
            and not isinstance(node.value, bool)
            and FINDER.search(str(node.value))
        ]
    )
