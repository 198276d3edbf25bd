"""A mail (.eml) -> the article that its body is, and the documents attached to it."""

from __future__ import annotations

import email
import email.policy
import io
import re
from collections.abc import Iterator
from email.message import EmailMessage
from email.utils import getaddresses

from index.errors import SourceRefused
from index.loaders.dates import parse_day
from index.loaders.document import Document
from index.loaders.encoding import mended
from index.loaders.forms import SUFFIXES
from index.loaders.mail_body import body_of
from index.loaders.paragraphs import joined
from index.loaders.refusal import Refusal
from index.loaders.text import load_text, printable
from index.models import Article
from index.reason import Reason

_UNREADABLE = (ArithmeticError, AttributeError, AssertionError, LookupError, TypeError, ValueError)
"""What the library raises for a header that is damaged."""
_SUFFIX = re.compile(r"\.\w{1,8}$")


def read_mail(document: Document, limit: int) -> Iterator[Article | Refusal | Document]:
    """Yield the mail's text, then the documents attached to it; other attachments (pictures) are passed over.

    Its subject is the title, its sender the author, its date the day of publication.

    Raises:
        SourceRefused: there is neither a text nor a document in it.
    """
    try:
        yield from _found(email.message_from_bytes(document.read(), policy=email.policy.default), document, limit)
    except _UNREADABLE as error:
        raise SourceRefused("damaged_document", form="mail") from error


def _found(message: EmailMessage, document: Document, limit: int) -> Iterator[Article | Refusal | Document]:
    attached = list(_attached(message, document))
    try:
        yield _article(message, document, limit)
    except SourceRefused as error:
        if not attached:
            raise
        yield Refusal(document.name, Reason("mail_text", {"reason": error.reason}))
    yield from attached


def _article(message: EmailMessage, document: Document, limit: int) -> Article:
    if not message.keys():
        raise SourceRefused("no_mail_headers")
    return load_text(
        joined([body_of(message)]),
        key=document.key,
        title=_header(message, "subject"),
        published=parse_day(_header(message, "date") or ""),
        author=_sender(message),
        url=document.url,
        origin=document.origin,
        form="mail",
        limit=limit,
    )


def _header(message: EmailMessage, name: str) -> str | None:
    try:
        written = str(message.get(name) or "")
    except _UNREADABLE:
        raw = (str(value) for told, value in message.raw_items() if told.lower() == name)
        written = next(raw, "").replace("\n", " ")
    return mended(printable(written)).strip() or None


def _sender(message: EmailMessage) -> str | None:
    addresses = getaddresses([_header(message, "from") or ""])
    return next((name or address for name, address in addresses if name or address), None)


def _attached(message: EmailMessage, document: Document) -> Iterator[Document]:
    for part in message.iter_attachments():
        name = mended(printable(part.get_filename() or "")).replace("\\", "/").rsplit("/", 1)[-1]
        suffix = _SUFFIX.search(name)
        data = part.get_payload(decode=True)
        if suffix and suffix[0].lower() in SUFFIXES and isinstance(data, bytes):
            yield Document(io.BytesIO(data), f"{document.name}/{name}", f"{document.origin}#{name}")
