"""Mail: the article in a letter (.eml) or in a page saved as one file (.mht, .mhtml)."""

import re
from email import message_from_bytes, policy
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr

from helpers.corpus.dateline import read_day
from helpers.corpus.readers.article import (
    Article,
    add_dateline,
    decode_text,
    find_title,
    holds_sentence,
    read_article,
)
from helpers.schema.errors import CorpusError

MOST_PARTS = 500  # of a letter; a saved page has one for each picture


def read_mail(data: bytes, suffix: str) -> Article:
    """The article in a letter: its text, else its page; subject, sender and day of sending, where
    the article states no other. Of a page saved as one file nothing but the page is read: what
    stands round it was written by whoever saved it. Raises CorpusError as read_article does."""
    if data.count(b"\nContent-") > 10 * MOST_PARTS or data.count(b"boundary=") > 50:
        raise CorpusError("has more parts than a letter can have; save its text as .txt")
    try:
        message = message_from_bytes(data, policy=policy.compat32)
        texts, pages, attached = _sort_parts(message)
    except (MessageError, RecursionError, LookupError, ValueError, AttributeError) as error:
        raise CorpusError(
            f"is no letter that can be read ({type(error).__name__}); save its text as .txt"
        ) from None
    if suffix != ".eml":
        if not pages:
            raise CorpusError("holds no page; save the article's own page, or its text as .txt")
        page = read_article(_read_payload(pages[0]), ".html")
        return page._replace(url=page.url or _read_header(pages[0], "Content-Location"))
    article = _pick_body(texts, pages)
    sender = parseaddr(_read_header(message, "From"))
    day = read_day(_read_header(message, "Date"))
    lines = [article.note] if article.note else []
    if attached:
        lines.append(f"attached and not read: {', '.join(attached)}")
    article = article._replace(
        title=_read_header(message, "Subject") or article.title,
        publisher=article.publisher or sender[0] or sender[1],
        note="; ".join(lines),
    )
    if article.published or not day:
        return article
    return article._replace(published=day, basis="day the letter was sent")


def _sort_parts(message: Message) -> tuple[list[Message], list[Message], list[str]]:
    """(parts of plain text, pages, names of what is attached) of a letter."""
    texts: list[Message] = []
    pages: list[Message] = []
    attached: list[str] = []
    waiting = [message]
    while waiting:
        part = waiting.pop(0)
        kind = part.get_content_type()
        name = part.get_filename()
        if part.get_content_disposition() == "attachment" or kind == "message/rfc822":
            attached.append(_clean(str(name or "a letter")))
        elif part.is_multipart():
            waiting += part.get_payload()  # type: ignore[arg-type]
        elif kind == "text/plain":
            texts.append(part)
        elif kind == "text/html":
            pages.append(part)
    return texts, pages, attached


def _pick_body(texts: list[Message], pages: list[Message]) -> Article:
    """The plain text where it holds a sentence, else the page, else whatever text there is."""
    plain = b"\n\n".join(_read_payload(part) for part in texts)
    if plain.strip():
        text, note = decode_text(plain, texts[0].get_content_charset() or "")
        text = text.replace("\r\n", "\n")
        if holds_sentence(text) or not pages:
            return add_dateline(Article(text, find_title(text), note=note))
    if pages:
        return read_article(_read_payload(pages[0]), ".html")
    raise CorpusError("holds no text; save the article as .txt")


def _read_payload(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _read_header(part: Message, name: str) -> str:
    """A header in one line of plain words; "" without it, or where it cannot be told."""
    raw = str(part.get(name) or "")[:2_000]
    try:
        words = str(make_header(decode_header(raw)))
    except (MessageError, UnicodeError, LookupError, ValueError):
        words = raw
    return _clean(words)


def _clean(words: str) -> str:
    """Words in one line that a file can hold."""
    return re.sub(r"\s+", " ", re.sub("[\x00\ud800-\udfff]", "\ufffd", words)).strip()
