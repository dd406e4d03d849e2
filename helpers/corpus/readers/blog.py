"""Pages of more than one text: the posts of a live blog, each with a day of its own; and tables
that were left unread."""

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from helpers.corpus.dateline import read_day
from helpers.corpus.readers.article import Article, holds_sentence

if TYPE_CHECKING:
    from lxml.html import HtmlElement

FEWEST = 3  # posts of a live blog
LINES = set(
    "p|h1|h2|h3|h4|h5|h6|li|div|br|hr|tr|td|th|section|article|blockquote|pre|dt|dd".split("|")
)
UNSEEN = ["script", "style", "template", "noscript"]
BLOCKS = "p|h1|h2|h3|h4|h5|h6|li|blockquote|td|th|dd|dt|pre|figcaption".split("|")


def split_posts(tree: "HtmlElement", article: Article) -> list[Article]:
    """The posts of a live blog in the order of the page, each dated by its own time; what stands
    beside them, if it is a text, comes first with the day of the page. A page that is none is the
    article as it is.

    Posts are told by the page (JSON-LD, LiveBlogPosting), else by its elements: three or more, one
    beside the other, that each hold one <time datetime> and a sentence, and together most of what
    is the article of the page: lists of other articles and comments are not.
    """
    posts = list(_list_stated(tree)) or _list_marked(tree, article.text)
    if len(posts) < FEWEST or not any(day for _, day, _ in posts):
        return [article]
    said = f"one of {len(posts):,} posts of a live blog"
    parts = []
    for title, day, text in posts:
        if title and not text.startswith(title):
            text = f"{title}\n\n{text}"
        basis = "time of the post" if day else ""
        note = "; ".join(filter(None, [said, article.note]))
        title = title or _shorten(text)
        parts.append(
            article._replace(text=text, title=title, published=day, basis=basis, note=note)
        )
    rest = _list_rest(article.text, [f"{title}\n{text}" for title, _, text in posts])
    if holds_sentence(rest):
        parts.insert(0, article._replace(text=rest))
    return parts


def _shorten(text: str) -> str:
    """The first line of a post, at most ten words of it."""
    words = text.partition("\n")[0].split()
    return " ".join(words[:10]) + (" …" if len(words) > 10 else "")


def _list_stated(tree: "HtmlElement") -> Iterator[tuple[str, str, str]]:
    """(title, day, text) of the posts that a page states as data."""
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "") or "liveBlogUpdate" not in (
            script.text or ""
        ):
            continue
        try:
            stated = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue
        graph = stated.get("@graph", stated) if isinstance(stated, dict) else stated
        for thing in graph if isinstance(graph, list) else [graph]:
            updates = thing.get("liveBlogUpdate") if isinstance(thing, dict) else None
            for update in updates if isinstance(updates, list) else []:
                if isinstance(update, dict) and (text := _read_words(update.get("articleBody"))):
                    day = read_day(str(update.get("datePublished") or ""))
                    yield _read_words(update.get("headline")), day, text


def _read_words(value: Any) -> str:
    """A value of JSON-LD as plain words; some pages put markup there."""
    from lxml import html
    from lxml.etree import LxmlError

    words = value if isinstance(value, str) else ""
    words = re.sub("[\x00\ud800-\udfff]", "\ufffd", words).strip()
    if re.search(r"<\w|&\w+;|&#", words):
        try:
            words = _read_blocks(html.fragment_fromstring(words, create_parent="div"))
        except (LxmlError, ValueError):
            return ""
    return words


def _list_marked(tree: "HtmlElement", text: str) -> list[tuple[str, str, str]]:
    """(title, day, text) of the elements of a page that are its posts."""
    groups: dict[Any, list[tuple[HtmlElement, HtmlElement]]] = {}
    counts = _count_times(tree)
    for time in (time for time in tree.iter("time") if time.get("datetime")):
        post = time
        while (above := post.getparent()) is not None and counts[above] == 1:
            post = above
        if above is not None and post is not time:
            groups.setdefault(above, []).append((post, time))
    best: list[tuple[str, str, str]] = []
    for members in groups.values():
        if len(members) < FEWEST:
            continue
        posts = []
        for post, time in members:
            heading = next(post.iter("h1", "h2", "h3", "h4"), None)
            title = "" if heading is None else " ".join(heading.text_content().split())
            words = _read_blocks(post, {time, heading})
            if holds_sentence(words):
                posts.append((title, read_day(time.get("datetime") or ""), words))
        if len(posts) > len(best):
            best = posts
    told = {_squeeze(line)[:60] for line in text.split("\n")}
    heads = [_squeeze(words.partition("\n")[0])[:60] for _, _, words in best]
    held = sum(len(words) for head, (_, _, words) in zip(heads, best) if head in told)
    return best if held > len(text) / 2 else []


def _squeeze(words: str) -> str:
    """The letters and digits of some words: what stands in a text however it is laid out."""
    return re.sub(r"[\W_]+", "", words)


def _count_times(tree: "HtmlElement") -> dict[Any, int]:
    """Element → how many <time datetime> it holds, for those that hold one."""
    counts: dict[Any, int] = {}
    for time in tree.iter("time"):
        if time.get("datetime"):
            element = time
            while element is not None:
                counts[element] = counts.get(element, 0) + 1
                element = element.getparent()
    return counts


def _read_blocks(element: "HtmlElement", without: Any = ()) -> str:
    """The words of an element, a paragraph a line."""
    lines = []
    blocks = {block: None for block in element.iter(*BLOCKS) if block not in without}
    for block in blocks or [element]:
        words = " ".join(block.text_content().split())
        if words and not any(above in blocks for above in block.iterancestors(*BLOCKS)):
            lines.append(words)
    return "\n".join(lines)


def _list_rest(text: str, posts: list[str]) -> str:
    """The lines of a page that stand in none of its posts."""
    told = {_squeeze(line) for post in posts for line in post.split("\n")}
    kept = [line for line in text.split("\n") if _squeeze(line) not in told]
    return "\n".join(kept).strip()


def read_lines(tree: "HtmlElement") -> str:
    """All the words of a page, a line each as they are shown, menus among them: an export in a page
    says the same line again and again ("Reuters News"), which the reader of articles takes for a
    menu. A line of strokes stands for a rule."""
    from lxml.etree import iterwalk

    words: list[str] = []
    body = tree.find("body")
    for event, element in iterwalk(tree if body is None else body, events=("start", "end")):
        tag = element.tag
        if tag in LINES:
            words.append("\n")
        if event == "start":
            words.append("\n__________\n" if tag == "hr" else "")
            words.append("" if tag in UNSEEN else re.sub(r"\s+", " ", element.text or ""))
        else:
            words.append(re.sub(r"\s+", " ", element.tail or ""))
    return re.sub(r" *\n\s*", "\n", "".join(words)).strip()


def count_unread_tables(tree: "HtmlElement", text: str) -> int:
    """How many tables of figures of a page stand not in its text: two rows or more with a digit,
    of which no row can be found, neither in a line nor cell by cell."""
    told = {_squeeze(line) for line in text.split("\n")}
    unread = 0
    for table in tree.iter("table"):
        if next(table.iterdescendants("table"), None) is not None:
            continue
        rows = [[_squeeze(cell.text_content()) for cell in row] for row in table.iter("tr")]
        rows = [cells for cells in rows if re.search(r"\d", "".join(cells))]
        if len(rows) > 1 and not any("".join(row) in told or told.issuperset(row) for row in rows):
            unread += 1
    return unread
