import io
import json
import tracemalloc
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from index.errors import SourceRefused
from index.loaders.document import Document
from index.loaders.jsonl import read_jsonl
from index.loaders.refusal import Refusal
from index.models import Article


def loaded(tmp_path: Path, data: bytes, limit: int = 1_000) -> list[Article | Refusal]:
    path = tmp_path / "news.jsonl"
    return list(read_jsonl(Document(io.BytesIO(data), str(path), str(path.resolve())), limit))


def article(tmp_path: Path, **row: Any) -> Article:
    (found,) = loaded(tmp_path, json.dumps({"text": "Un titre\n\nUn texte."} | row).encode())
    assert isinstance(found, Article)
    return found


def test_everything_told_is_kept(tmp_path: Path) -> None:
    row = {
        "id": "n-1",
        "title": "Titre",
        "lang": "fr",
        "source": "Le Fanal",
        "author": "Ana Roux",
        "url": "https://x",
    }
    found = article(tmp_path, text="Un\r\ndeux\rtrois", published="2025-03-19T10:00:00Z", **row)
    assert found.text == "Un\ndeux\ntrois"
    assert {name: getattr(found, name) for name in row if name != "id"} == {k: v for k, v in row.items() if k != "id"}
    assert (found.key, found.published) == ("n-1", date(2025, 3, 19))
    assert found.origin == f"{(tmp_path / 'news.jsonl').resolve()}#n-1"


def test_only_text_is_required(tmp_path: Path) -> None:
    found = article(tmp_path)
    assert (found.key, found.title, found.lang) == ("news", "Un titre", "fr")
    assert (found.published, found.source, found.author, found.url) == (None, None, None, None)
    assert found.origin == f"{(tmp_path / 'news.jsonl').resolve()}#1"


@pytest.mark.parametrize(
    ("field", "value", "kept"),
    [
        ("id", 12, "12"),
        ("id", True, "news"),
        ("id", " ", "news"),
        ("id", None, "news"),
        ("author", ["Ana", "Luc"], "Ana, Luc"),
        ("author", "Ana\n Roux", "Ana Roux"),
        ("source", "Le\0Fanal", "Le Fanal"),
        ("source", "Le \ud800 Fanal", "Le ? Fanal"),
        ("title", "", "Un titre"),
        ("lang", "klingon", "fr"),
        ("published", "March 2025", None),
        ("published", 1742342400, None),
    ],
)
def test_malformed_fields_are_not_told(tmp_path: Path, field: str, value: object, kept: object) -> None:
    assert getattr(article(tmp_path, **{field: value}), "key" if field == "id" else field) == kept


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b'{"text": "Un', "not JSON (column 10: Unterminated string starting at)"),
        (b'["Un texte"]', "not a JSON object"),
        (b'{"title": "Un titre"}', 'no "text"'),
        (b'{"text": 3}', 'no "text"'),
        (b'{"text": " "}', "empty"),
        (b'{"text": "\\ud800 a"}', "not valid Unicode"),
        (b'{"text": "a\\u0000b"}', "binary"),
        ('{"text": "été"}'.encode("latin-1"), "byte 11 is not UTF-8"),
        (b'{"text": "' + b"a" * 1_001 + b'"}', "longer than 1,000 characters"),
        (b'{"text": "' + b"a" * 200_000 + b'"}', "too long for an article of 1,000 characters"),
        (b"[" * 60_000, "nested too deep"),
        (b'{"text": ' + b"1" * 5_000 + b"}", "too long a number"),
    ],
)
def test_bad_line_is_refused_and_the_others_go_on(tmp_path: Path, line: bytes, reason: str) -> None:
    good = b'{"text": "Un texte."}\n'
    first, refusal, last = loaded(tmp_path, good + b"\n" + line + b"\n" + good)
    assert isinstance(first, Article) and isinstance(last, Article)
    assert isinstance(refusal, Refusal)
    assert refusal.source == f"{tmp_path / 'news.jsonl'}:3"
    assert reason in str(refusal.reason)
    assert "\n" not in str(refusal)


def test_line_that_would_take_much_memory_is_refused(tmp_path: Path) -> None:
    bomb = b'{"x": [' + b"[]," * 600_000 + b'[]], "text": "Un texte."}'
    marks = json.dumps({"text": "Un, [deux], {trois}" + ', \\"[{' * 100_000}).encode()
    tracemalloc.start()
    refusal, found = loaded(tmp_path, bomb + b"\n" + marks, 1_000_000)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert isinstance(refusal, Refusal) and "JSON nested too deep" in str(refusal.reason)
    assert isinstance(found, Article)
    assert most < 10 * len(bomb + marks)


def test_mark_and_escapes_of_two_parts_are_read(tmp_path: Path) -> None:
    data = b"\xef\xbb\xbf" + json.dumps({"text": "Oui " + "😀" * 900}).encode() + b"\r\n"
    (found,) = loaded(tmp_path, data)
    assert isinstance(found, Article)
    assert found.text == "Oui " + "😀" * 900


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"\n \n", "empty"),
        ('{"text": "a"}'.encode("utf-16"), "UTF-8"),
        (b"\0\1\n\0", "binary"),
    ],
)
def test_file_that_is_no_jsonl_is_refused_whole(tmp_path: Path, data: bytes, reason: str) -> None:
    with pytest.raises(SourceRefused, match=reason):
        loaded(tmp_path, data)


@pytest.mark.parametrize(
    ("pages", "kept"),
    [
        ([0, 9], (0, 9)),
        ([], ()),
        ([1, 9], ()),
        ([0, 9, 3], ()),
        ([0, 999], ()),
        ([0, "9"], ()),
        ([0, True], ()),
        ("0", ()),
    ],
)
def test_pages_are_taken_back_when_they_can_be_so(tmp_path: Path, pages: object, kept: tuple[int, ...]) -> None:
    found = article(tmp_path, pages=pages, form="PDF")
    assert (found.pages, found.form) == (kept, "PDF")
