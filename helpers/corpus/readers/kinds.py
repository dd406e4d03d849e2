"""Kinds of files: the bytes of one in, its articles out; most hold one, an export or a live blog
many."""

import re

from helpers.corpus.readers.article import (
    HOLDS_TABLE,
    ONLY_TABLE,
    Article,
    add_dateline,
    check_size,
    clean_text,
    find_title,
    holds_sentence,
    read_article,
    read_markup,
)
from helpers.corpus.readers.blog import count_unread_tables, read_lines, split_posts
from helpers.corpus.readers.export import split_export
from helpers.corpus.readers.mail import read_mail
from helpers.corpus.readers.office import read_office
from helpers.schema.errors import CorpusError

OFFICE = (".docx", ".odt", ".rtf")
MAIL = (".eml", ".mht", ".mhtml")
PAGES = (".html", ".htm")
FURTHER = rb"(?i)<time|liveBlogUpdate|<table|\d words|End of Document|Document [A-Z]"


def read_articles(data: bytes, suffix: str) -> list[Article]:
    """The articles in a file's bytes, at least one; `suffix` says how to read them, as in
    read_article, which raises what this raises.

    An export of an archive gives an article each, a live blog a post each. What a person should
    know (a table that was not read, no sentence in it) stands in the note.
    """
    suffix = suffix.lower()
    check_size(len(data), suffix)
    if not data.strip():
        raise CorpusError("is empty; remove it or fill it")
    if suffix in OFFICE:
        text, title, note = read_office(data, suffix)
        text = clean_text(text)
        article = add_dateline(Article(text, title or find_title(text), note=note))
    elif suffix in MAIL:
        article = read_mail(data, suffix)
    elif suffix in PAGES:
        return [_note_tables(article) for article in _read_page(data)]
    else:
        article = read_article(data, suffix)
    return [_note_tables(article) for article in split_export(article)]


def _read_page(data: bytes) -> list[Article]:
    """The article of a page, the articles of an export saved as one, or the posts of a blog."""
    from trafilatura import load_html

    try:
        article = read_article(data, ".html")
    except CorpusError as fault:
        if "holds no article" in str(fault) and re.search(rb"(?is)<td\b[^>]{0,200}>[^<]*\d", data):
            raise CorpusError(
                "holds a table and no sentence that can be read; rules read sentences: code its "
                "figures by hand, or save what is said beside it as .txt"
            ) from None
        raise
    tree = load_html(read_markup(data)[0]) if re.search(FURTHER, data) else None
    if tree is None:
        return [article]
    if len(articles := split_export(article._replace(text=read_lines(tree)))) > 1:
        return articles
    if unread := count_unread_tables(tree, article.text):
        tables = "1 table of the page was" if unread == 1 else f"{unread} tables of the page were"
        article = _add_note(article, f"{tables} not read")
    articles = split_export(article)
    return articles if len(articles) > 1 else split_posts(tree, articles[0])


def _add_note(article: Article, note: str) -> Article:
    return article._replace(note="; ".join(filter(None, [article.note, note])))


def _note_tables(article: Article) -> Article:
    """A note on a text that holds a table, or nothing else: rules read sentences."""
    lines = [line for line in article.text.split("\n") if line.strip()]
    rows = sum(
        bool(re.search(r"\d", line) and re.search(r"\t|[|;,]|\s{3,}", line)) for line in lines
    )
    if len(lines) > 2 and rows >= len(lines) / 2 and not holds_sentence(article.text):
        return _add_note(article, ONLY_TABLE)
    if sum(bool(re.search(r"\|[^|]*\d", line)) for line in lines) > 1:
        return _add_note(article, HOLDS_TABLE)
    return article
