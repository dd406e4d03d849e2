"""The notation of patterns: regular expressions that a person can read.

A blank stands for any white space, `~` for white space or none, `(a|b)` groups without being kept,
`{name}` is a part defined elsewhere, and a line break with the blanks behind it is nothing.
Everything else is as in `re`.
"""

import re
from collections.abc import Mapping

_NOTATION = re.compile(
    r"\\.|\[(?:\\.|[^\]\\])*\]"  # an escape or a set of signs: as it is
    r"|\(\??|\{[a-z_]+\}|\n\s*| +|~",
    re.DOTALL,
)
_SIGNS = {"(": "(?:", "~": r"\s*"}


def expand_pattern(pattern: str, parts: Mapping[str, str]) -> str:
    """A pattern as a regular expression. `parts`: name → regular expression, for `{name}`.

    Raises KeyError where a part is not defined.

    >>> expand_pattern("(the )?{town} of", {"town": "city|port"})
    '(?:the\\\\s+)?(?:city|port)\\\\s+of'
    """

    def read(sign: re.Match) -> str:
        """What one sign of the notation stands for."""
        words = sign[0]
        if words[0] == "{":
            return f"(?:{parts[words[1:-1]]})"
        if words[0] == "\n":
            return ""
        return r"\s+" if words[0] == " " else _SIGNS.get(words, words)

    return _NOTATION.sub(read, pattern)


def expand_parts(patterns: Mapping[str, str], parts: Mapping[str, str]) -> dict[str, str]:
    """`parts`, and these patterns, each of which may use those before it."""
    known = dict(parts)
    for name, pattern in patterns.items():
        known[name] = expand_pattern(pattern.strip("\n"), known)
    return known


def compile_pattern(pattern: str, flags: int = 0, **parts: str) -> re.Pattern[str]:
    """A pattern as `re` searches for it; `parts`: regular expressions for `{name}`."""
    return re.compile(expand_pattern(pattern, parts), flags)


def list_alternatives(words) -> str:
    """Words as alternatives, the longest first: a pattern takes the first that fits. Those of one
    letter stand together, so that a word is tried by its first letter and not by all of them.

    >>> list_alternatives(["port", "town", "post"])
    'p(?:ort|ost)|town'
    """
    listed = sorted(set(words), key=lambda word: (-len(word), word))
    if not all(_PLAIN.match(word) for word in listed):
        return "|".join(listed)
    by_letter: dict[str, list[str]] = {}
    for word in listed:
        by_letter.setdefault(word[0], []).append(word[1:])
    return "|".join(
        f"{letter}{rests[0]}" if len(rests) == 1 else f"{letter}(?:{'|'.join(rests)})"
        for letter, rests in by_letter.items()
    )


_PLAIN = re.compile(r"[a-z0-9](?![?*+{])[^|]*$")  # begins with a letter that no other can be
