"""Documents made to harm: each is refused with a line that says what is allowed, or taken as the text it is."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from index.errors import SourceRefused
from index.loaders import Refusal, load, load_document
from index.loaders.document import Document
from index.loaders.sandbox.client import read_confined
from index.models import Article
from tests.documents import archive, block, book, mail, open_document, pdf, word
from tests.hostile import BOMB, ENCRYPTED, lying, replaced

LIMIT = 100_000
FILE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY z SYSTEM "file:///etc/passwd">]>'
RSS = b'<rss version="2.0"><channel><item><title>T</title><description>&z;</description></item></channel></rss>'


def encoded_feed(encoding: str) -> bytes:
    """Return a feed with an entity for a file, in an encoding that it declares."""
    return (FILE.replace(b"?>", f' encoding="{encoding}"?>'.encode(), 1) + RSS).decode().encode(encoding)


def with_attributes(attribute: str, count: int) -> bytes:
    """Return a page of one element with so many attributes."""
    return f"<html><p{''.join(attribute.format(n) for n in range(count))}>Un texte.</p>".encode()


def read(data: bytes, name: str) -> list[Article | Refusal]:
    return list(load_document(data, name, None, origin="o", limit=LIMIT))


def with_flag(document: bytes, flag: int) -> bytes:
    """Return an archive whose members are all marked with a flag."""
    for head, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        parts = document.split(head)
        document = head.join([parts[0], *(p[: at - 4] + bytes([p[at - 4] | flag]) + p[at - 3 :] for p in parts[1:])])
    return document


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", b"", "empty"),
        ("a.html", b"", "empty"),
        ("a.pdf", b"", "empty"),
        ("a.txt", b" \n\t\n", "empty"),
        ("a.html", b" \n", "no text in the page"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "binary"),
        ("a.txt", b"Un\0deux", "binary"),
        ("a.html", b"<html><script>alert(1)</script><style>p{}</style></html>", "scripts or pictures"),
        ("a.html", b"<html><body><noscript>Enable JavaScript</noscript><div id=root></div></body></html>", "scripts"),
        ("a.pdf", ENCRYPTED, "protected by a password"),
        ("a.pdf", pdf([[]], picture=True), "no text layer"),
        ("a.docx", b"PK\x03\x04 broken", "damaged"),
        ("a.docx", archive({"word/document.xml": b"<x/>"}), "damaged, or no Word document"),
        ("a.docx", word(["Un."])[:-400], "damaged"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "protected by a password, or an old Word"),
        ("a.docx", replaced(word(["Un."]), "word/document.xml", BOMB), "defines entities"),
        ("a.docx", replaced(word(["Un."]), "docProps/core.xml", FILE + b"<x>&z;</x>"), "defines entities"),
        ("a.odt", replaced(open_document(["Un."]), "content.xml", BOMB), "defines entities"),
        ("a.odt", replaced(open_document(["Un."]), "content.xml", BOMB.decode().encode("utf-16")), "defines entities"),
        ("a.odt", replaced(open_document(["Un."]), "META-INF/manifest.xml", b"<encryption-data/>"), "password"),
        ("a.odt", archive({"content.xml": b"<x/>"}), "damaged"),
        ("a.epub", replaced(book(["<p>Un.</p>"]), "OEBPS/book.opf", BOMB), "not XML that is read"),
        ("a.epub", replaced(book(["<p>Un.</p>"]), "META-INF/container.xml", FILE + b"<x/>"), "not XML that is read"),
        ("a.epub", archive({"META-INF/container.xml": b"<x/>"}), "does not tell where"),
        ("a.xml", BOMB, "defines entities"),
        ("a.xml", FILE + RSS, "defines entities"),
        ("a.xml", b"/etc/passwd", "neither an RSS nor an Atom feed"),
        ("a.xml", b"http://127.0.0.1:9/", "neither an RSS nor an Atom feed"),
        *(("a.xml", encoded_feed(e), f"its XML is in {e}; UTF-8") for e in ("utf-7", "shift_jis")),
        ("a.xml", encoded_feed("utf-32"), "its XML is in utf-32; UTF-8"),
        ("a.xml", (FILE + RSS).decode().encode("utf-32-le"), "its XML is in UTF-32; UTF-8"),
        ("a.xml", (FILE + RSS).decode().encode("utf-32-be"), "its XML is in UTF-32; UTF-8"),
        ("a.xml", (FILE + RSS).decode().encode("cp500"), "its XML is in EBCDIC; UTF-8"),
        ("a.xml", encoded_feed("utf-16"), "defines entities"),
        ("a.docx", replaced(word(["Un."]), "word/document.xml", encoded_feed("utf-7")), "its XML is in utf-7; UTF-8"),
        ("a.odt", replaced(open_document(["Un."]), "content.xml", encoded_feed("cp037")), "its XML is in EBCDIC"),
        ("a.html", with_attributes(" a{}", 501), "an element of it has more than 500 attributes. Save the page"),
        ("a.html", with_attributes(' a{}="1"', 200_000), "more than 500 attributes"),
        ("a.html", with_attributes(" a{}='>'", 501), "more than 500 attributes"),
        ("a.html", b"<!-->" + with_attributes(" a{}=<", 501), "more than 500 attributes"),
        ("a.zip", lying("deflate"), "says that it unpacks to 1,000 bytes, and holds more"),
        ("a.zip", lying("bzip2"), "packed by method 12 of ZIP; stored and deflated files are read"),
        ("a.zip", lying("lzma"), "packed by method 14 of ZIP; stored and deflated files are read"),
        ("a.docx", lying("deflate", "word/media/a.png"), "says that it unpacks to 1,000 bytes, and holds more"),
        ("a.docx", lying("bzip2", "word/document.xml"), "packed by method 12"),
        ("a.odt", lying("deflate", "META-INF/manifest.xml"), "says that it unpacks to 1,000 bytes"),
        ("a.epub", lying("deflate", "META-INF/container.xml"), "says that it unpacks to 1,000 bytes"),
        ("a.rtf", b"{\\rtf1 }", "empty"),
        ("a.csv", b"a,b\n1,2\n", 'no column of texts'),
        ("a.zip", b"PK\x03\x04", "damaged, or no ZIP archive"),
        ("a.zip", archive({}), "without files"),
        ("a.zip", archive({"photo.png": b"x"}), "no document that is read"),
        ("a.zip", archive({"a.zip": archive({"a.txt": b"Un."})}), "archive within a document"),
        ("a.zip", archive({"../../a.txt": b"Un."}), "leads out of the archive"),
        ("a.zip", archive({"/etc/a.txt": b"Un."}), "leads out of the archive"),
        ("a.zip", archive({"C:\\a.txt": b"Un."}), "leads out of the archive"),
        ("a.zip", archive({"..\\a.txt": b"Un."}), "leads out of the archive"),
        ("a.zip", archive({"a.txt": b"\0" * 30_000_000}), "to 30 MB; 500 MB and 200 times its own size are allowed"),
        ("a.zip", archive({f"{n}.txt": b"" for n in range(10_001)}), "holds 10,001 files; 10,000 are allowed"),
        ("a.zip", with_flag(archive({"a.txt": b"Un."}), 1), "protected by a password"),
        ("a.docx", archive({"word/document.xml": b" " * 30_000_000}), "unpacks to 30 MB"),
        ("a.eml", mail(" ", attached={"a.zip": archive({"a.txt": b"Un."})}), "archive within"),
        ("a.eml", b"\n\nUn texte sans en-tete.", "no headers"),
    ],
)  # fmt: skip
def test_refused_with_one_line(name: str, data: bytes, reason: str) -> None:
    refusal = read(data, name)[-1]
    assert isinstance(refusal, Refusal), refusal
    assert reason in str(refusal.reason)
    assert len(str(refusal.reason)) < 200 and "\n" not in str(refusal)


def test_others_in_an_archive_go_on() -> None:
    first, refusal, last = read(archive({"a.txt": b"Un.", "../b.txt": b"Deux.", "c.txt": b"Trois."}), "a.zip")
    assert isinstance(first, Article) and isinstance(last, Article)
    assert str(refusal) == "a.zip/../b.txt: its name leads out of the archive. Pack it anew, with plain names."


def test_declared_size_of_a_member_is_no_lie() -> None:
    honest = archive({"a.txt": b"Un texte. " * 1_000})
    lying = honest.replace((10_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    (refusal,) = read(lying, "a.zip")
    assert "says that it unpacks to 10 bytes, and holds more" in str(refusal)


@pytest.mark.parametrize(
    "page",
    [
        f"<script>{'if (a<b && c) d; ' * 1_000}</script>",
        f"<!-- {'<b c d ' * 1_000} -->",
        f"<style>{'a<b c d ' * 1_000}</style>",
        '<p class="a" id="b" data-c="<d e>">Un.</p>' * 1_000,
    ],
    ids=["script", "comment", "style", "many"],
)
def test_page_with_few_attributes_an_element_is_read(page: str) -> None:
    (found,) = read(f"<html><body>{page}<p>Le maire a parlé.</p></body></html>".encode(), "a.html")
    assert isinstance(found, Article) and "Le maire a parlé." in found.text


def test_link_in_an_archive_is_passed_over() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        link = zipfile.ZipInfo("a.txt")
        link.external_attr = 0o120777 << 16
        made.writestr(link, "/etc/passwd")
    (refusal,) = read(out.getvalue(), "a.zip")
    assert "without files" in str(refusal)


@pytest.mark.parametrize("encoding", ["utf-8", "cp850"])
def test_name_of_a_member_whose_encoding_is_not_told(encoding: str) -> None:
    name = "été.txt".encode(encoding)
    (found,) = read(archive({"x" * len(name): b"Un texte."}).replace(b"x" * len(name), name), "a.zip")
    assert isinstance(found, Article) and found.key == "été"


def test_text_of_200_mb_is_refused_without_being_held(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(200_000_000)
    tracemalloc.start()
    (refusal,) = load(path, 2_000_000)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert "longer than 2,000,000 characters. Split it, or raise DIXIT_MAX_ARTICLE_CHARACTERS." in str(refusal)
    assert most < 50_000_000


@pytest.mark.parametrize("suffix", ["html", "docx", "pdf", "eml", "zip"])
def test_document_too_large_to_be_held_is_refused(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a.{suffix}"
    with path.open("wb") as file:
        file.truncate(65_000_000)
    (refusal,) = load(path, LIMIT)
    assert isinstance(refusal, Refusal)


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("a.txt", str.encode),
        ("a.html", lambda words: f"<html><body><p>{words}</p></body></html>".encode()),
        ("a.docx", lambda words: word([words])),
        ("a.odt", lambda words: open_document([words])),
        ("a.rtf", lambda words: b"{\\rtf1 " + words.encode("cp1252") + b"}"),
        ("a.eml", lambda words: mail(words, Subject="Objet")),
        ("a.csv", lambda words: 'text\n"{}"\n'.format(words.replace('"', '""')).encode()),
    ],
)
@pytest.mark.parametrize(
    "words",
    ["a" * 90_000, "mot, " * 18_000, "« oui » " * 2_000, '"' * 10_000 + " mot"],
    ids=["one", "long", "said", "marks"],
)
def test_long_stretches_are_taken_by_every_form(name: str, make: Callable[[str], bytes], words: str) -> None:
    (found,) = read(make(words), name)
    assert isinstance(found, Article), found
    assert found.text.replace("\n", "").split() == words.split()


def test_overrides_of_direction_stay_in_the_text_and_out_of_what_is_told() -> None:
    found = read('{"text": "\u202eUn texte.", "title": "\u202egpj.exe", "author": "\u2066Ana"}'.encode(), "a.jsonl")[0]
    assert isinstance(found, Article)
    assert (found.text, found.title, found.author) == ("\u202eUn texte.", "gpj.exe", "Ana")


def test_page_nested_without_end_is_read_or_refused() -> None:
    for tag in ("div", "b", "table", "blockquote", "ul><li"):
        (found,) = read(f"<html><body>{f'<{tag}>' * 20_000}Un texte.</body></html>".encode(), "a.html")
        assert found


def test_document_that_takes_long_is_given_up_and_the_next_one_read() -> None:
    slow = Document(io.BytesIO(pdf([block(50, 100, ["x" * 80] * 50)] * 900)), "a.pdf", "o")
    with pytest.raises(SourceRefused, match="more than 0.5 seconds"):
        list(read_confined("PDF", slow, LIMIT, seconds=0.5))
    (found,) = read_confined("RTF", Document(io.BytesIO(b"{\\rtf1 Un texte.}"), "a.rtf", "o"), LIMIT)
    assert isinstance(found, Article)
