"""Mailboxes: each mail as it would be read alone."""

from __future__ import annotations

from datetime import date

import pytest

from index.loaders import Refusal, load_document
from index.models import Article
from tests.documents import mail

BETWEEN = "From veille@example.org Mon Mar 04 09:00:00 2024"


def box(*mails: bytes, between: str = BETWEEN) -> bytes:
    return b"".join(between.encode() + b"\n" + one.rstrip(b"\n") + b"\n\n" for one in mails)


def read(data: bytes) -> list[Article | Refusal]:
    return list(load_document(data, "alertes.mbox", None, origin="/in/alertes.mbox", limit=100_000))  # type: ignore[arg-type]


TUNNEL = mail(
    "« Le tunnel rouvrira en juin », a promis Anne Lestrade.",
    Subject="Le tunnel",
    Date="Mon, 4 Mar 2024 09:00:00 +0100",
)
BRIDGE = mail(
    "« Le pont ne rouvrira pas », a répliqué Louis Barrande.", Subject="Le pont", Date="Tue, 5 Mar 2024 09:00:00 +0100"
)


@pytest.mark.parametrize(
    "between", [BETWEEN, "From - Tue Mar 05 09:00:00 2024", "From MAILER-DAEMON Fri Jul  8 12:08:34 2011"]
)
def test_each_mail_is_an_article(between: str) -> None:
    first, second = read(box(TUNNEL, BRIDGE, between=between))
    assert isinstance(first, Article) and isinstance(second, Article)
    assert (first.title, first.published, first.key) == ("Le tunnel", date(2024, 3, 4), "alertes-1")
    assert (second.title, second.published, second.origin) == ("Le pont", date(2024, 3, 5), "/in/alertes.mbox#2")


def test_a_quoted_line_is_mended_and_a_sentence_parts_no_mails() -> None:
    body = mail("Il part.\n\n>From ce jour, plus rien.\n\nFrom here on nothing moves.", Subject="Le pont")
    first, second = read(box(body, TUNNEL))
    assert isinstance(first, Article) and isinstance(second, Article)
    assert "\nFrom ce jour, plus rien." in first.text and "From here on nothing moves." in first.text


def test_attachments_are_read_and_an_empty_mail_is_refused_alone() -> None:
    first, attached, bad, last = read(
        box(
            mail("Voici.", attached={"note.txt": b"Un texte joint."}, Subject="Pour vous"),
            mail(" ", Subject="Vide"),
            TUNNEL,
        )
    )
    assert isinstance(first, Article) and isinstance(attached, Article) and isinstance(last, Article)
    assert attached.text.strip() == "Un texte joint."
    assert isinstance(bad, Refusal) and bad.source == "alertes.mbox/alertes-2.eml"


@pytest.mark.parametrize("data", [b"Bonjour.", TUNNEL, b"From here to there\n\nno mail"])
def test_what_is_no_mailbox(data: bytes) -> None:
    (found,) = read(data)
    assert isinstance(found, Refusal) and "no mailbox" in str(found.reason)


@pytest.mark.parametrize(
    "head", [b"From: Veille <", b"Date: Mon, 4 Mar 99999999999999999999 09:00:00 +0100", b"To: a@exaPd\xb2mple.org"]
)
def test_a_damaged_head_of_a_mail_loses_neither_it_nor_the_others(head: bytes) -> None:
    first, second = read(box(head + b"\n" + TUNNEL.replace(b"Date:", b"X-Date:"), BRIDGE))
    assert isinstance(first, Article) and isinstance(second, Article)
    assert (first.title, first.published, second.title) == ("Le tunnel", None, "Le pont")
