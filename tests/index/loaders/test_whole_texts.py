"""A text that goes into a document comes out whole, character for character, its letters composed (NFC)."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from html import escape

import pytest
from ftfy.badness import badness
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from index.loaders import load_document
from index.models import Article
from tests.documents import book, mail, open_document, word

Writer = Callable[[list[str]], bytes]


def rich_text(paragraphs: list[str]) -> bytes:
    units = [part.encode("utf-16-le") for part in paragraphs]
    coded = [
        "".join(f"\\u{int.from_bytes(u[at : at + 2], 'little', signed=True)}?" for at in range(0, len(u), 2))
        for u in units
    ]
    return ("{\\rtf1\\ansi\\uc1 " + "\\par ".join(coded) + "}").encode("ascii")


def page(paragraphs: list[str]) -> bytes:
    marked = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs)
    head = '<!DOCTYPE html><html><head><meta charset="utf-8"></head>'
    return f"{head}<body><article>{marked}</article></body></html>".encode()


def chapter(paragraphs: list[str]) -> bytes:
    marked = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs)
    return book([f'<html xmlns="http://www.w3.org/1999/xhtml"><body>{marked}</body></html>'])


WRITERS: dict[str, Writer] = {
    ".docx": word,
    ".odt": open_document,
    ".rtf": rich_text,
    ".html": page,
    ".eml": lambda paragraphs: mail("\n\n".join(paragraphs)),
    ".epub": chapter,
}
LETTERS = "aeinrstlou AEDLMéèàùçêîœŒÉÀ’'«»“”‘„–—…-.,;:!?()%€$§°@&<>#*_=+/\\{}[]|~^\"`0123456789ñüßłøŽėāЖбαωשא中文ｅ👩"
PIECES = st.sampled_from([*LETTERS, "e\u0301", "A\u030a", "\u00a0", "\u202f", "\u2011", " \u00bb", "« "])
LOOKS_WRONG = 2
"""Sequences by which a text looks wrongly decoded ("Å§œ")."""
PARAGRAPHS = st.lists(PIECES, min_size=1, max_size=60).map("".join).map(lambda text: f"Il dit {text.strip()} ce mot")


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@pytest.mark.parametrize("suffix", WRITERS)
@given(st.lists(PARAGRAPHS, min_size=1, max_size=4))
def test_a_text_that_went_in_is_found_again_whole(suffix: str, written: list[str]) -> None:
    paragraphs = [" ".join(filter(None, paragraph.split(" "))) for paragraph in written]
    whole = unicodedata.normalize("NFC", "\n\n".join(paragraphs))
    assume(badness(whole) < LOOKS_WRONG)  # such a text is mended, and that is told: see test_letters
    (found,) = load_document(WRITERS[suffix](paragraphs), f"a{suffix}", None, origin="o", limit=100_000)
    assert isinstance(found, Article), found
    assert found.text == whole
