"""A mailbox (.mbox) -> each of its mails, as one alone is read."""

from __future__ import annotations

import email
import email.policy
import io
import re
from collections.abc import Iterator

from index.errors import SourceRefused
from index.loaders.document import Document
from index.loaders.mail import read_mail
from index.loaders.refusal import Refusal
from index.models import Article

_BETWEEN = re.compile(rb"(?:\A|(?<=\n\n)|(?<=\n\r\n))From [^\r\n]*\d{4}[^\r\n]*\r?\n")
_QUOTED = re.compile(rb"^>(?=>*From )", re.M)


def read_mbox(document: Document, limit: int) -> Iterator[Article | Refusal | Document]:
    """Yield what each mail holds, or its refusal; lines that were quoted as they begin like a new mail are mended.

    Raises:
        SourceRefused: it is empty, or no mailbox.
    """
    data = document.read()
    first, *mails = _BETWEEN.split(data)
    if first.strip() or not mails:
        raise SourceRefused("no_mbox")
    for number, mail in enumerate(mails, start=1):
        name = f"{document.name}/{document.key}-{number}.eml"
        within = Document(io.BytesIO(_QUOTED.sub(b"", mail)), name, f"{document.origin}#{_name(mail) or number}")
        try:
            yield from read_mail(within, limit)
        except SourceRefused as error:
            yield Refusal(name, error.reason)


def _name(mail: bytes) -> str | None:
    """Return what a mail says is its own name, which stays when others before it are deleted."""
    header = email.message_from_bytes(mail.split(b"\n\n", 1)[0], policy=email.policy.compat32).get("Message-ID", "")
    return "".join(char for char in str(header) if char.isprintable()).strip("<> ") or None
