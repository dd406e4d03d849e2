"""Source: what the Markdown source of a report may hold. Every check gives (line, fault) pairs, to
be said at once."""

import re

from jinja2 import nodes
from jinja2.sandbox import SandboxedEnvironment

from helpers.claims.audit import FINDER, NOT_FOLD
from helpers.publish.report.slots import SLOTS
from helpers.schema.formatting import suggest

Faults = list[tuple[int, str]]

FRACTIONS = re.compile(r"[¼-¾⅐-⅞]")
# Of the number words that the audit finds, those that in prose seldom count.
NOT_COUNTED = {"one", "once", "first", "second", "both"}
NOT_PROSE = re.compile(
    r"(?i:\bhow many\b)"  # a question
    r"|\]\([^)\n]*\)|^\[[^\]\n]+\]:.*$|<https?://[^>\n]*>"  # where links lead
    r"|(?<=[\])])\{[^}\n]*\}"  # attributes
    r"|^ *\d+[.)](?= )",  # numbers of a list
    re.M,
)


def check_prose(environment: SandboxedEnvironment, source: str) -> Faults:
    """(line, fault) of every number typed in the prose. What is a number is what the number audit
    calls one."""
    faults = []
    for line, kind, text in environment.lex(source):
        prose = NOT_PROSE.sub("", text) if kind == "data" else ""
        for match in (*FINDER.finditer(prose), *FRACTIONS.finditer(prose)):
            if match[0].lower() not in NOT_COUNTED | NOT_FOLD:
                fault = (
                    f'"{match[0]}" is a number typed in the text; take it from a claim, '
                    '{{ number("id") }}, a count or a headline, say it without a number, or own '
                    'it: {{ own("…") }}'
                )
                faults.append((line + prose[: match.start()].count("\n"), fault))
    return faults


def check_headings(environment: SandboxedEnvironment, source: str) -> Faults:
    """(line, fault) of headings that make no report: the first thing is its one title, `# …`, and
    no `###` stands before the first `##`. What stands in slots is no heading."""
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
    faults = [(line, "this is a second title; write ## for a section") for line in titles[1:]]
    first = next(number for number, line in enumerate(text.splitlines(), 1) if line.strip())
    if first < titles[0]:
        fault = "this stands before the title; begin with a heading, # and its words"
        faults.append((first, fault))
    if len(found) > 1 and found[1][1] > 2:
        fault = "this is no section of the title's; the first heading below it is written ##"
        faults.append((found[1][0], fault))
    return faults


def check_slots(tree: nodes.Template) -> Faults:
    """(line, fault) of every name that is no slot, every slot without brackets, every part that
    stands twice, and every number typed inside the braces."""
    calls = {
        id(call): (call.node.name, call)
        for call in tree.find_all(nodes.Call)
        if isinstance(call.node, nodes.Name) and call.node.name in SLOTS
    }
    looped = "{% for name in figures() %}{{ figure(name) }}{% endfor %}"
    faults = [
        (part.lineno, f"figures() is for a loop; write {looped}")
        for output in tree.find_all(nodes.Output)
        for part in output.nodes
        if calls.get(id(part), ("",))[0] == "figures"
    ]
    named = list(calls.values())
    return [*check_names(tree, named), *faults, *check_parts(named), *check_numbers(tree, named)]


def check_names(tree: nodes.Template, calls: list[tuple[str, nodes.Call]]) -> Faults:
    """(line, fault) of every name that is no slot, and every slot without brackets."""
    names = list(tree.find_all(nodes.Name))
    own = {node.name for node in names if node.ctx != "load"}
    called = {id(call.node) for _, call in calls}
    faults = []
    for node in names:
        name = node.name
        if node.ctx == "load" and name not in {*SLOTS, *own, "loop"}:
            fault = f'"{name}" is no slot{suggest(name, SLOTS)} The slots are {", ".join(SLOTS)}'
            faults.append((node.lineno, fault))
        elif node.ctx == "load" and name in SLOTS and id(node) not in called:
            fault = f'"{name}" stands without its brackets; write {{{{ {name}(…) }}}}'
            faults.append((node.lineno, fault))
    return faults


def check_parts(calls: list[tuple[str, nodes.Call]]) -> Faults:
    """(line, fault) of what a report has once and has twice: a figure, the methods, the annex."""
    seen, faults = set(), []
    for name, call in calls:
        given = [value.value for value in call.args if isinstance(value, nodes.Const)]
        if name in ("annex", "methods") or (name == "figure" and given):
            if (name, *given) in seen:
                faults.append((call.lineno, f"{name} stands here a second time; drop one"))
            seen.add((name, *given))
    return faults


def check_numbers(tree: nodes.Template, calls: list[tuple[str, nodes.Call]]) -> Faults:
    """(line, fault) of every number typed inside the braces, but for what slots are asked with."""
    given: set[int] = set()
    for _, call in calls:
        given |= {id(value) for value in (*call.args, *(pair.value for pair in call.kwargs))}
    return [
        (
            node.lineno,
            f"{node.value!r} is a number typed in a slot; take it from a claim, "
            '{{ number("id") }}, a count or a headline',
        )
        for node in tree.find_all(nodes.Const)
        if id(node) not in given
        and not isinstance(node.value, bool)
        and FINDER.search(str(node.value))
    ]
