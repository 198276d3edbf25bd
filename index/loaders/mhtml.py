"""A page that a browser saved whole (.mhtml) -> the article in it."""

from __future__ import annotations

import email
import email.policy
import io
from collections.abc import Iterator
from email.message import EmailMessage

from index.errors import SourceRefused
from index.loaders.document import Document
from index.loaders.html import read_html
from index.loaders.note import Note
from index.loaders.refusal import Refusal
from index.models import Article


def read_mhtml(document: Document, limit: int) -> Iterator[Article | Refusal | Note]:
    """Yield the article of the page; its address is the one that the browser noted.

    Raises:
        SourceRefused: there is no page in it, or no article in that.
    """
    message = email.message_from_bytes(document.read(), policy=email.policy.default)
    page = next((part for part in message.walk() if part.get_content_type() in _PAGES), None)
    data = page.get_payload(decode=True) if page else None
    if not page or not isinstance(data, bytes):
        raise SourceRefused("no_page")
    url = document.url or _address(message) or _address(page)
    charset = page.get_content_charset()
    yield from read_html(Document(io.BytesIO(data), document.name, document.origin, url, charset), limit)


_PAGES = ("text/html", "application/xhtml+xml")


def _address(part: EmailMessage) -> str | None:
    told = str(part.get("Snapshot-Content-Location") or part.get("Content-Location") or "")
    return told if told.startswith(("http://", "https://")) else None
