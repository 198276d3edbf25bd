"""Pictures of pages: their words as Tesseract recognises them, where it is installed."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.errors import SourceRefused
from index.loaders import Note, Refusal, load_document
from index.loaders.document import Document
from index.loaders.pdf.pictures import height_of, read_pictures
from index.loaders.pdf.recognition import recognised_languages
from index.loaders.pdf.scan import read_scan
from index.models import Article
from tests.documents import block, pdf, scan

needs_tesseract = pytest.mark.skipif(
    "fra" not in recognised_languages(),
    reason="Tesseract reads French: apt-get install tesseract-ocr tesseract-ocr-fra",
)
ABOVE = [
    "Le pont sera rouvert au printemps",
    "",
    "La maire a promis de rouvrir le pont avant la fin du mois de mars, et",
    "elle l\u2019a redit jeudi soir devant les élus. « Nous n\u2019attendrons pas",
    "un hiver de plus », a déclaré Odile Rastignon, qui veut que la pis-",
    "cine et la gare soient rouvertes avant que les travaux du port ne",
]
BELOW = ["commencent. Le conseil votera mardi.", "", "« Enfin ! », a répondu Karim Beloufa."]


@pytest.fixture
def without_tesseract(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("PATH", "")
    recognised_languages.cache_clear()
    yield
    recognised_languages.cache_clear()


def read(data: bytes) -> list[Article | Refusal | Note]:
    return list(load_document(data, "scan.pdf", None, origin="/in/scan.pdf", limit=100_000))


@needs_tesseract
def test_a_scan_is_read_and_it_is_told() -> None:
    heads = [block(60, 20, [f"Le Fanal, page {number}"], 10) for number in (1, 2)]
    found, note = read(scan([heads[0] + block(60, 120, ABOVE, 13), heads[1] + block(60, 120, BELOW, 13)]))
    assert isinstance(found, Article)
    assert found.text.replace("'", "’").split("\n\n") == [
        ABOVE[0],
        "La maire a promis de rouvrir le pont avant la fin du mois de mars, et elle l’a redit jeudi soir devant les "
        "élus. « Nous n’attendrons pas un hiver de plus », a déclaré Odile Rastignon, qui veut que la piscine et la "
        "gare soient rouvertes avant que les travaux du port ne commencent. Le conseil votera mardi.",
        BELOW[2],
    ]
    assert found.text[found.pages[1] :].startswith("commencent")
    assert (found.form, found.title, found.lang) == ("PDF, read by OCR", ABOVE[0], "fr")
    assert isinstance(note, Note) and note.reason.kind == "read_by_recognition"


@needs_tesseract
def test_pictures_without_words_are_refused() -> None:
    (found,) = read(pdf([[]], picture=True))
    assert isinstance(found, Refusal) and found.reason.kind == "nothing_recognised"


def test_without_tesseract_a_scan_is_refused_with_the_way_to_have_it_read(without_tesseract: None) -> None:
    (found,) = read(pdf([[]], picture=True))
    assert isinstance(found, Refusal) and "apt-get install tesseract-ocr" in str(found.reason)


@needs_tesseract
def test_recognition_that_takes_too_long_is_stopped() -> None:
    document = Document(io.BytesIO(scan([block(60, 120, ABOVE, 13)])), "scan.pdf", "o")
    with pytest.raises(SourceRefused, match="within 0 seconds"):
        list(read_scan(read_pictures(document, 100), document, 100, seconds=0))


def test_a_program_that_fails_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "tesseract"
    program.write_text("#!/bin/sh\n[ $1 = --list-langs ] && echo fra && exit 0\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    recognised_languages.cache_clear()
    (found,) = read(scan([block(60, 120, ABOVE, 13)]))
    recognised_languages.cache_clear()
    assert isinstance(found, Refusal) and found.reason.kind == "recognition_failed"


def test_pictures_are_grey_dots_and_nothing_else() -> None:
    (picture,) = read_pictures(Document(io.BytesIO(pdf([block(60, 120, ABOVE)])), "a.pdf", "o"), 100)
    data = picture.file.read()
    assert picture.name == "a.pdf/1.pgm" and height_of(data) == int(842 * 300 / 72) + 1
    assert [
        height_of(other) for other in (data[:-1], data + b"x", b"%PDF" + data, b"", data.replace(b"255", b"999", 1))
    ] == ([None] * 5)


def test_too_many_pages_are_refused() -> None:
    document = Document(io.BytesIO(pdf([[]] * 101)), "a.pdf", "o")
    with pytest.raises(SourceRefused, match="more than 100 pages"):
        list(read_pictures(document, 100))


def test_pages_without_text_among_others_are_told() -> None:
    mixed = pdf([block(60, 120, ["Le pont est ouvert."]), []], picture=True)
    found, note = read(mixed)
    assert isinstance(found, Article) and found.text == "Le pont est ouvert."
    assert isinstance(note, Note) and note.reason.values == {"count": 1, "first": "2"}
