"""What a mail says: its plain part or its page, and what it answers."""

from __future__ import annotations

import pytest

from index.loaders import Refusal, load_document
from index.models import Article
from tests.documents import mail

PAGE = (
    '<div style="display:none;max-height:0">Ce matin : le lac</div><table><tr><td><h2>Le lac</h2>'
    "<p>« L’eau n’est pas sûre », prévient la préfète Diane Cormery.</p></td></tr></table>"
)
LAKE = "Le lac\n\n« L’eau n’est pas sûre », prévient la préfète Diane Cormery."


def text(data: bytes) -> str:
    (found,) = load_document(data, "a.eml", None, origin="/in/a.eml", limit=100_000)
    assert isinstance(found, Article), found
    return found.text


@pytest.mark.parametrize(
    ("plain", "kept"),
    [
        ("Lisez ce message dans votre navigateur : https://lettre.example/un/tres/long/chemin/vers/la/page", LAKE),
        ("This mail is HTML.", LAKE),
        (" \n", LAKE),
        ("https://lettre.example/1", LAKE),
        ("LE LAC\n\n« L’eau n’est pas sûre », prévient Diane Cormery.", None),
    ],
)
def test_page_is_read_when_the_plain_part_is_a_stub(plain: str, kept: str | None) -> None:
    assert text(mail(plain, PAGE, Subject="Le lac")) == (kept or plain)


@pytest.mark.parametrize(
    "style", ["display: none", "mso-hide:all", "font-size:0px", "color:#fff;visibility:hidden", "font-size:0"]
)
def test_what_no_reader_of_the_mail_sees_is_left_out(style: str) -> None:
    page = f'<p>Le lac est fermé.<span style="{style}">aperçu</span> Hier.</p><p style="font-size:0.9em">Petit.</p>'
    assert text(mail("", page)) == "Le lac est fermé. Hier.\n\nPetit."


@pytest.mark.parametrize(
    ("flowed", "body", "kept"),
    [
        (
            False,
            "C’est oui.\nAna\n\nLe 3 mai, Luc a écrit :\n> Le syndicat dit « le budget\n> a baissé ».\n>\n> Luc",
            "C’est oui.\nAna\n\nLe 3 mai, Luc a écrit :\n\nLe syndicat dit « le budget\na baissé ».\n\nLuc",
        ),
        (True, "Un \nmot \n> et \n> deux \n>> trois\n-- \nAna", "Un mot\n\net deux\n\ntrois\n\n--\nAna"),
        (True, "Un \n\nmot\n > et", "Un\n\nmot\n> et"),
        (False, ">>> a\n> > > b\n>c", "a\nb\n\nc"),
    ],
)
def test_marks_before_what_a_mail_answers_are_no_words(flowed: bool, body: str, kept: str) -> None:
    kind = "text/plain; charset=utf-8" + ("; format=flowed" if flowed else "")
    assert text(f"Subject: x\nContent-Type: {kind}\nContent-Transfer-Encoding: 8bit\n\n{body}".encode()) == kept


BROKEN = "<p" + "".join(f" a{number}" for number in range(600)) + ">Une page.</p>"


def test_a_page_that_is_refused_does_not_refuse_the_plain_part_beside_it() -> None:
    assert text(mail("L’eau est sûre.", BROKEN)) == "L’eau est sûre."
    (found,) = load_document(mail("", BROKEN), "a.eml", None, origin="/in/a.eml", limit=100_000)
    assert isinstance(found, Refusal) and found.reason.kind == "too_many_attributes"
