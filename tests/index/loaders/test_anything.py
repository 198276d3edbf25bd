"""Any bytes under any suffix: only articles and refusals, never an exception."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.loaders.forms import SUFFIXES
from tests.anything import refuse_broken_promise, refuse_broken_transcript
from tests.documents import archive, block, book, mail, open_document, pdf, word, workbook
from tests.fuzz.mutation import fuzz
from tests.fuzz.seeds import DOORS, SEEDS

WORDS = ["La maire a promis de rouvrir la piscine.", "« Oui », dit-elle."]
WHOLE = {
    ".pdf": pdf([block(50, 100, WORDS), block(50, 100, WORDS)], {"Title": "Titre"}),
    ".docx": word(WORDS, ["A", "B"], "Titre", "Ana"),
    ".odt": open_document(WORDS, ["A", "B"], "Titre", "Ana"),
    ".rtf": rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset0 Times;}}L\'e9lue \u8220?oui\u8221?\par {\*\x \bin3 abc}}",
    ".epub": book(["<p>Un.</p>", "<p>Deux.</p>"], "<dc:title>Livre</dc:title>"),
    ".eml": mail("Bonjour.", "<p>Bonjour.</p>", {"a.txt": b"Un texte."}, Subject="Objet", From="Ana <a@b.c>"),
    ".xml": b'<rss version="2.0"><channel><item><description>Un mot.</description></item></channel></rss>',
    ".csv": b'text;id\n"Un mot";1\n',
    ".xlsx": workbook([["titre", "texte", "date"], ["Un", "Un mot.", "04/03/2024"]]),
    ".json": b'{"articles": [{"headline": "Un", "body": "Un mot.", "date": "04/03/2024"}]}',
    ".mbox": b"From a@b.c Mon Mar 04 09:00:00 2024\nSubject: Un\n\nUn mot.\n\nFrom b Tue Mar 05 09:00:00 2024\n\n2.",
    ".html": b"<html><head><title>T</title><meta name=date content=2025-03-04><body><p>Un mot.</p></body></html>",
    ".jsonl": b'{"text": "Un mot.", "published": "2025-03-04"}\n',
    ".txt": "Été à Évreux.".encode("cp1252"),
    ".mhtml": b"Content-Type: text/html\nContent-Location: https://x.example\n\n<p>Un mot.</p>",
    ".srt": b"1\n00:00:01,000 --> 00:00:04,200\nANA : Oui.\n\n2\n00:00:05,000 --> 00:00:06,000\n- Non ?",
    ".vtt": b"WEBVTT\n\n00:01.000 --> 00:02.000 align:start\n<v Ana Ruiz>Oui<00:01.500><c> et</c> non.\n",
    ".zip": archive({"a.txt": b"Un mot."}),
}


@settings(deadline=None, max_examples=20)
@pytest.mark.parametrize("suffix", sorted({suffix for suffix in SUFFIXES if suffix != ".zip"}))
@given(st.binary(max_size=400))
def test_any_bytes(suffix: str, data: bytes) -> None:
    refuse_broken_promise(data, f"a{suffix}")


@settings(deadline=None, max_examples=15)
@pytest.mark.parametrize("suffix", sorted(set(WHOLE) - {".zip"}))
@given(st.data())
def test_documents_with_some_bytes_changed(suffix: str, data: st.DataObject) -> None:
    whole = bytearray(WHOLE[suffix])
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(len(whole) // 2, len(whole)))
    refuse_broken_promise(bytes(whole[:cut]), f"a{suffix}")


@pytest.mark.parametrize("path", sorted(SEEDS.rglob("*.*")), ids=lambda path: path.name)
def test_seeds_of_the_fuzzers(path: Path) -> None:
    refuse_broken_promise(path.read_bytes(), f"a.{DOORS[path.parent.name]}")


@pytest.mark.parametrize("path", sorted((SEEDS / "transcript").iterdir()), ids=lambda path: path.name)
def test_seeds_of_transcripts(path: Path) -> None:
    refuse_broken_transcript(path.read_bytes(), "a.txt")


@pytest.mark.soak
@pytest.mark.timeout(300)
@pytest.mark.parametrize("door", DOORS)
def test_a_minute_of_seeds_changed_at_random(
    door: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, record_property: Callable[[str, object], None]
) -> None:
    monkeypatch.chdir(tmp_path)  # where what breaks the door is kept
    tried = fuzz(door, 60, seed=random.randrange(1 << 30))
    record_property("tried", tried)
    assert tried
