"""The process that reads foreign forms: what it answers is texts or nothing, and it can be ended at any time."""

from __future__ import annotations

import io
import json
import pickle
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.errors import ReadingStopped, SourceRefused
from index.loaders import Refusal, load_document
from index.loaders.document import Document
from index.loaders.sandbox.client import Readers, read_confined, start_readers, stop_readers
from index.loaders.sandbox.frames import Found, Task, receive_found, send_end, send_found
from index.models import Article
from index.reason import Reason
from tests.documents import archive, block, pdf

STAND_IN = """
import json, os, sys, time
def frame(data): sys.stdout.buffer.write(len(data).to_bytes(8, "big") + data); sys.stdout.buffer.flush()
def tell(**told): frame(json.dumps(told).encode())
def why(kind, **values): return {"kind": kind, "values": values}
EMPTY = why("empty")
for _ in range(2): sys.stdin.buffer.read(int.from_bytes(sys.stdin.buffer.read(8), "big"))
"""
"""A reader that takes one document, and then does as it is told."""
ARTICLE: dict[str, object] = {
    "kind": "Article",
    "id": "0" * 16,
    "key": "a",
    "title": "Un",
    "text": "Un texte.",
    "lang": "fr",
    "published": "2026-01-31",
    "source": None,
    "author": "Ana Roux",
    "url": None,
    "origin": "o#1",
    "form": "HTML",
    "pages": [],
    "times": [],
}


def document(data: bytes = b"{\\rtf1 Un texte.}") -> Document:
    return Document(io.BytesIO(data), "a.rtf", "o")


def told(answer: str, seconds: float = 20) -> list[Found]:
    """Return what is taken from a reader that answers so."""
    readers = Readers([sys.executable, "-c", STAND_IN + answer])
    try:
        return list(read_confined("RTF", document(), 1_000, seconds, readers))
    finally:
        readers.stop()


def article(**changed: object) -> str:
    return f"frame({json.dumps(ARTICLE | changed).encode()!r})\ntell(kind='end', reason=None)"


def test_an_article_is_told_by_its_fields() -> None:
    (found,) = told(article())
    assert isinstance(found, Article)
    assert (found.key, found.text, found.author, str(found.published)) == ("a", "Un texte.", "Ana Roux", "2026-01-31")
    assert found.id != "0" * 16  # it is told by the text, not by the reader


class Bomb:
    """Unpickled, it makes a file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, ...]:
        return Path.touch, (self.path,)


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "os._exit(1)",
        "sys.stdout.buffer.write(b'garbage'); sys.stdout.buffer.flush()",
        "sys.stdout.buffer.write(b'garbage' * 1_000); sys.stdout.buffer.flush()",
        "sys.stdout.buffer.write((2**62).to_bytes(8, 'big'))",
        "frame(b'x' * 5_000_000)",
        "frame(b'garbage')",
        "frame(b'\\xff')",
        "frame(b'[1, 2]')",
        "frame(b'[' * 100_000)",
        "frame(b'[' + b'[],' * 200_000 + b'[]]')",
        "tell(kind='Program', source='a.rtf', reason=EMPTY)",
        "tell(kind='end')",
        "tell(kind='end', reason=['x'])",
        "tell(kind='Refusal', source='b.rtf', reason=EMPTY)",
        "tell(kind='Refusal', source='a.rtf', reason=None)",
        "tell(kind='Document', name='b.html', origin='o#1', url=None, charset=None); frame(b'<p>x')",
        "tell(kind='Document', name='a.rtf/b.html', origin='other', url=None, charset=None); frame(b'<p>x')",
        "tell(kind='Document', name='a.rtf/b.html', origin='o#1', url=None, charset=8); frame(b'<p>x')",
        "tell(kind='Document', name='a.rtf/b.html', origin='o#1', url=None, charset=None); frame(b'x' * 65_000_000)",
        *(
            article(**{name: value})
            for name, value in [
                ("kind", ["Article"]),
                ("text", 1),
                ("text", ""),
                ("text", "x" * 1_001),
                ("text", "a\0b"),
                ("text", "a\ud800b"),
                ("title", None),
                ("key", {"a": "b"}),
                ("lang", "klingon"),
                ("lang", ["fr"]),
                ("published", "yesterday"),
                ("published", 20260131),
                ("origin", "/another/file.txt"),
                ("origin", "other#1"),
                ("origin", None),
                ("pages", "no"),
                ("pages", [True]),
                ("pages", [0, 5, 3]),
                ("pages", [0, 99]),
                ("times", "no"),
                ("times", [[0]]),
                ("times", [[0, -1]]),
                ("times", [[0, "1"]]),
                ("times", [[5, 1]]),
                ("times", [[0, 1], [99, 2]]),
            ]
        ),
    ],
)
def test_reader_that_answers_otherwise_gives_one_refusal(answer: str) -> None:
    with pytest.raises(SourceRefused, match="it is damaged, or made to break what reads it. Give its text."):
        told(answer)


def test_nothing_that_a_reader_answers_is_run(tmp_path: Path) -> None:
    bomb = pickle.dumps(Bomb(tmp_path / "run"))
    for answer in (f"sys.stdout.buffer.write({bomb!r})", f"frame({bomb!r})", f"frame({pickle.dumps('x')!r})"):
        with pytest.raises(SourceRefused, match="made to break what reads it"):
            told(answer)
    assert not (tmp_path / "run").exists()
    pickle.loads(bomb)
    assert (tmp_path / "run").exists()  # it would have


def test_reader_that_falls_silent_is_ended() -> None:
    for answer in ("time.sleep(600)", "while True: tell(kind='Refusal', source='a.rtf', reason=EMPTY); time.sleep(.3)"):
        with pytest.raises(SourceRefused, match="takes more than 1 seconds"):
            told(answer, 1)


def test_refusal_is_one_line() -> None:
    with pytest.raises(SourceRefused, match=r"^un deux is missing in it: it is damaged. Save it anew.$"):
        told("tell(kind='end', reason=why('missing_member', name='un\\ndeux'))")


REASONS = [
    Reason("empty"),
    Reason("too_many_files", {"count": 12_345, "most": 10_000}),
    Reason("too_many_seconds", {"seconds": 0.5}),
    Reason("damaged_document", {"form": "PDF"}),
    Reason("mail_text", {"reason": Reason("too_long", {"most": 400_000})}),
]


@pytest.mark.parametrize("reason", REASONS, ids=str)
def test_a_reason_comes_as_it_was_sent(reason: Reason) -> None:
    out, task = io.BytesIO(), Task("RTF", "a.rtf", "o", None, None, 1_000)
    send_found(out, Refusal("a.rtf", reason))
    send_end(out, reason)
    out.seek(0)
    received = receive_found(out, task)
    assert next(received) == Refusal("a.rtf", reason)
    with pytest.raises(SourceRefused) as refused:
        next(received)
    assert refused.value.reason == reason


@pytest.mark.parametrize(
    "reason",
    [
        "'it is empty'",
        "{}",
        "{'kind': 'empty'}",
        "EMPTY | {'lang': 'fr'}",
        "why('no such kind')",
        "why(['empty'])",
        "why('empty', most=1)",
        "why('too_long')",
        "why('too_long', most='x')",
        "why('too_long', most='400000')",
        "why('too_long', most=True)",
        "why('too_long', most=None)",
        "why('too_long', most=[1])",
        "why('too_long', most=EMPTY)",
        "why('too_long', most=10**16)",
        "why('too_long', most=float('nan'))",
        "why('too_long', most=-float('inf'))",
        "why('unreadable', why=None)",
        "why('unreadable', why=['x'])",
        "why('unreadable', why=True)",
        "why('unreadable', why='\\ud800')",
        "why('mail_text', reason=why('mail_text', reason=EMPTY))",
        "why('mail_text', reason=why('no such kind'))",
        "why('mail_text', reason={})",
    ],
)
def test_a_reason_that_there_is_not_is_one_refusal(reason: str) -> None:
    with pytest.raises(SourceRefused) as refused:
        told(f"tell(kind='end', reason={reason})")
    assert refused.value.reason == Reason("made_to_break")


def test_a_value_of_a_reason_is_bounded() -> None:
    (found,) = told(
        "tell(kind='Refusal', source='a.rtf', reason=why('unreadable', why='x' * 5_000))\ntell(kind='end', reason=None)"
    )
    assert isinstance(found, Refusal) and len(str(found.reason)) < 1_100


def test_reader_is_told_no_secrets_and_begins_in_an_empty_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIXIT_AUTH", "secret")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    (found,) = told(
        "tell(kind='Refusal', source='a.rtf', reason=why('unreadable', why=' '.join([*os.environ, *os.listdir()])))\n"
        "tell(kind='end', reason=None)"
    )
    assert isinstance(found, Refusal)
    allowed = {"PYTHONPATH", "LD_LIBRARY_PATH", "PYTHONHOME", "SYSTEMROOT", "LC_CTYPE"}
    told_names = str(found.reason.values["why"]).split()
    assert "PYTHONPATH" in told_names and set(told_names) <= allowed


def test_the_readers_paths_of_modules_are_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder in which it begins goes, and Python ends when it has to find a relative path from there."""
    monkeypatch.setenv("PYTHONPATH", ".")
    (found,) = told(
        "paths = os.environ['PYTHONPATH'].split(os.pathsep)\n"
        "why_not = why('unreadable', why=str([path for path in paths if not os.path.isabs(path)]))\n"
        "tell(kind='Refusal', source='a.rtf', reason=why_not)\n"
        "tell(kind='end', reason=None)"
    )
    assert isinstance(found, Refusal)
    assert found.reason.values["why"] == "[]"


@pytest.fixture
def readers() -> Iterator[Readers]:
    readers = Readers()
    yield readers
    readers.stop()


def test_stopping_ends_what_is_read_in_another_thread(readers: Readers) -> None:
    slow = document(pdf([block(50, 100, ["x" * 80] * 50)] * 900))
    begun, errors = threading.Event(), []

    def read() -> None:
        begun.set()
        try:
            list(read_confined("PDF", slow, 100_000, 120, readers))
        except ReadingStopped as error:
            errors.append(str(error))

    thread = threading.Thread(target=read)
    thread.start()
    begun.wait()
    time.sleep(1)  # it has begun
    readers.stop()
    thread.join(timeout=30)
    assert errors == ["a.rtf: reading was stopped. Add it again after the next start."]
    with pytest.raises(ReadingStopped, match="Reading was stopped"):
        list(read_confined("RTF", document(), 1_000, 120, readers))
    readers.start()
    (found,) = read_confined("RTF", document(), 1_000, 120, readers)
    assert isinstance(found, Article)


def test_the_readers_of_all_are_stopped_and_started() -> None:
    def read() -> list[Article | Refusal]:
        return list(load_document(b"{\\rtf1 Un texte.}", "a.rtf", None, origin="o", limit=1_000))

    assert isinstance(read()[0], Article)
    stop_readers()
    try:
        with pytest.raises(ReadingStopped):
            read()
    finally:
        start_readers()
    assert isinstance(read()[0], Article)


def test_reader_that_is_left_in_mid_archive_is_not_asked_again(readers: Readers) -> None:
    packed = Document(io.BytesIO(archive({f"{n}.txt": b"Un." for n in range(9)})), "a.zip", "o")
    reading = read_confined("ZIP", packed, 1_000, 120, readers)
    assert isinstance(next(reading), Document)
    reading.close()  # type: ignore[attr-defined]
    (found,) = read_confined("RTF", document(), 1_000, 120, readers)
    assert isinstance(found, Article)
