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
from index.loaders.encoding import decode, mended
from index.loaders.forms import SUFFIXES
from index.loaders.markup import text_of, tree_of
from index.loaders.paragraphs import joined
from index.loaders.refusal import Refusal
from index.loaders.text import load_text, printable
from index.models import Article
from index.reason import Reason

_SUFFIX = re.compile(r"\.\w{1,8}$")
_SOFT_BREAK = re.compile(r" \n(?!>|-- \n|\n)")


def read_mail(document: Document, limit: int) -> Iterator[Article | Refusal | Document]:
    """Yield the mail's text, then the documents attached to it; other attachments (pictures) are passed over.

    Its subject is the title, its sender the author, its date the day of publication.

    Raises:
        SourceRefused: there is neither a text nor a document in it.
    """
    message = email.message_from_bytes(document.read(), policy=email.policy.default)
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
        joined([_body(message)]),
        key=document.key,
        title=_header(message, "subject"),
        published=parse_day(_header(message, "date") or ""),
        author=_sender(message),
        url=document.url,
        origin=document.origin,
        form="mail",
        limit=limit,
    )


def _body(message: EmailMessage) -> str:
    part = message.get_body(("plain", "html"))
    data = part.get_payload(decode=True) if part else None
    if part is None or not isinstance(data, bytes):
        return ""
    charset = part.get_content_charset()
    if part.get_content_type() == "text/html":
        tree = tree_of(data, charset)
        return "" if tree is None else text_of(tree)
    text = decode(data, charset).text.replace("\r\n", "\n")
    flowed = str(part.get_param("format", "")).lower() == "flowed"
    return _SOFT_BREAK.sub(" ", text) if flowed else text


def _header(message: EmailMessage, name: str) -> str | None:
    return mended(printable(str(message.get(name) or ""))).strip() or None


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
