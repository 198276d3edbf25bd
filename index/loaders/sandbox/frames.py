"""What passes between this process and one that reads documents: frames of bytes, in them JSON or a document.

JSON, and every field of it looked at: whoever takes over the other process can give texts here, and run nothing.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any, BinaryIO, cast

from index.errors import SourceRefused
from index.languages.detection import language_code
from index.loaders.archive import MOST_UNPACKED
from index.loaders.document import MOST_BYTES, Document
from index.loaders.flat import parse_flat
from index.loaders.forms import Form
from index.loaders.note import Note
from index.loaders.refusal import Refusal
from index.models import Article, content_id
from index.reason import Reason, Value, holes

MOST_ANSWERED = 1_000_000_000
"""How many bytes may be answered about one document."""

_LENGTH = 8  # bytes that tell how long a frame is
_PIECE = 1_000_000
_ESCAPED = 6  # bytes that a character of JSON takes at most
_OTHER_FIELDS = 4_000_000
_LONGEST_VALUE = 1_000  # characters that a reason quotes
_MOST = 10**15
_PAIR = 2
_DEEPEST = 2  # a reason within a reason, and none within that

Found = Article | Refusal | Note | Document
"""What a reader finds: articles, refusals, notes, and documents that the document holds."""


class BrokenFrame(ValueError):
    """What came is no frame, or not what was to come."""


@dataclass(frozen=True, slots=True)
class Task:
    """What a reader is told of a document beside its bytes; see ``Document``, and ``load`` for the limit."""

    form: Form
    name: str
    origin: str
    url: str | None
    charset: str | None
    limit: int


def send_task(out: BinaryIO, task: Task, file: BinaryIO, size: int) -> None:
    """Write a task, and so many bytes of a file, which are never held whole.

    Raises:
        BrokenFrame: the file is shorter.
    """
    _write(out, _json(asdict(task)))
    out.write(size.to_bytes(_LENGTH, "big"))
    while size:
        piece = file.read(min(size, _PIECE))
        if not piece:
            raise BrokenFrame("the document became shorter while it was read")
        out.write(piece)
        size -= len(piece)
    out.flush()


def receive_task(source: BinaryIO) -> tuple[Task, Document] | None:
    """Return the next task and its document, None when there are no more."""
    if not (length := source.read(_LENGTH)):
        return None
    task = Task(**json.loads(_exactly(source, int.from_bytes(length, "big"))))
    data = io.BytesIO(_read(source, max(MOST_UNPACKED, MOST_BYTES)))
    return task, Document(data, task.name, task.origin, task.url, task.charset)


def send_found(out: BinaryIO, found: Found) -> None:
    """Write something that was found in a document."""
    told = {field.name: getattr(found, field.name) for field in fields(found) if field.name != "file"}
    if isinstance(found, Article):
        told["published"] = found.published and found.published.isoformat()
    if isinstance(found, Refusal | Note):
        told["reason"] = asdict(found.reason)
    _write(out, _json({"kind": type(found).__name__, **told}))
    if isinstance(found, Document):
        _write(out, found.file.read())


def send_end(out: BinaryIO, reason: Reason | None) -> None:
    """Write that all is told of a document, or why nothing of it is."""
    _write(out, _json({"kind": "end", "reason": reason and asdict(reason)}))
    out.flush()


def receive_found(source: BinaryIO, task: Task) -> Iterator[Found]:
    """Yield what a reader tells of a document.

    Raises:
        SourceRefused: the document gives nothing.
        BrokenFrame: it is not what a reader may tell.
    """
    most, left = task.limit * _ESCAPED + _OTHER_FIELDS, MOST_ANSWERED
    while True:
        frame = _read(source, min(most, left))
        told = _object(frame)
        data = _read(source, min(MOST_BYTES, left)) if told.get("kind") == "Document" else b""
        left -= len(frame) + len(data)
        try:
            found = _found(told, task, data)
        except (KeyError, TypeError, ValueError) as error:
            raise BrokenFrame(f"it is not what a reader finds: {error}") from error
        if found is None:
            return
        yield found


def _found(told: Mapping[str, Any], task: Task, data: bytes) -> Found | None:
    match told["kind"]:
        case "Article":
            return _article(told, task)
        case "Refusal":
            return Refusal(_beginning(told, "source", task.name), _reason(told["reason"]))
        case "Note":
            return Note(_beginning(told, "source", task.name), _reason(told["reason"]))
        case "Document":
            name, origin = _beginning(told, "name", f"{task.name}/"), _beginning(told, "origin", f"{task.origin}#")
            return Document(io.BytesIO(data), name, origin, _text_or_none(told, "url"), _text_or_none(told, "charset"))
        case "end" if told["reason"] is None:
            return None
        case "end":
            reason = _reason(told["reason"])
            raise SourceRefused(reason.kind, **reason.values)
    raise BrokenFrame("of no kind")


def _article(told: Mapping[str, Any], task: Task) -> Article:
    text, day = _text(told, "text"), _text_or_none(told, "published")
    origin = _beginning(told, "origin", task.origin)
    lang = _text(told, "lang")
    fits = text and "\0" not in text and len(text) <= task.limit and language_code(lang) == lang
    if not fits or (origin != task.origin and not origin.startswith(f"{task.origin}#")):
        raise BrokenFrame("it is no article of this document")
    return Article(
        id=content_id(text),
        key=_text(told, "key"),
        title=_text(told, "title"),
        text=text,
        lang=lang,
        published=date.fromisoformat(day) if day else None,
        source=_text_or_none(told, "source"),
        author=_text_or_none(told, "author"),
        url=_text_or_none(told, "url"),
        origin=origin,
        form=_text_or_none(told, "form"),
        pages=_pages(told["pages"], len(text)),
        times=_times(told["times"], len(text)),
    )


def _pages(told: object, end: int) -> tuple[int, ...]:
    if not isinstance(told, list) or not all(type(begin) is int for begin in told):
        raise BrokenFrame("pages are no numbers")
    if told and (told != sorted(told) or told[0] != 0 or told[-1] > end):
        raise BrokenFrame("pages do not lie in the text")
    return tuple(told)


def _times(told: object, end: int) -> tuple[tuple[int, int], ...]:
    if not isinstance(told, list) or not all(isinstance(time, list) and len(time) == _PAIR for time in told):
        raise BrokenFrame("times are no pairs")
    _pages([begin for begin, _ in told], end)
    if any(type(second) is not int or not 0 <= second <= _MOST for _, second in told):
        raise BrokenFrame("times are no seconds")
    return tuple((begin, second) for begin, second in told)


def _reason(told: object, depth: int = 1) -> Reason:
    """Return a reason of a kind that there is, with the values that its words have holes for."""
    if not isinstance(told, dict) or told.keys() != {"kind", "values"} or depth > _DEEPEST:
        raise BrokenFrame("it is no reason")
    kind, values = _text(told, "kind"), told["values"]
    needed = holes(kind)
    if needed is None or not isinstance(values, dict) or values.keys() != needed.keys():
        raise BrokenFrame("it is no reason that there is")
    return Reason(kind, {name: _value(values[name], is_number, depth) for name, is_number in needed.items()})


def _value(told: object, is_number: bool, depth: int) -> Value:
    if type(told) in (int, float) and abs(cast(float, told)) <= _MOST:  # neither a truth value nor NaN
        return cast(float, told)
    if is_number:
        raise BrokenFrame("a value is no number, or too large a one")
    if isinstance(told, dict):
        return _reason(told, depth + 1)
    return " ".join(_whole(told, "a value").split())[:_LONGEST_VALUE]


def _beginning(told: Mapping[str, Any], name: str, beginning: str) -> str:
    text = _text(told, name)
    if not text.startswith(beginning):
        raise BrokenFrame(f"{name} is of another document")
    return text


def _text_or_none(told: Mapping[str, Any], name: str) -> str | None:
    return None if told[name] is None else _text(told, name)


def _text(told: Mapping[str, Any], name: str) -> str:
    return _whole(told[name], name)


def _whole(text: object, name: str) -> str:
    if not isinstance(text, str):
        raise BrokenFrame(f"{name} is no text")
    text.encode()  # a ValueError, when it is none that can be
    return text


def _object(frame: bytes) -> dict[str, Any]:
    try:
        told = parse_flat(frame)
    except (ValueError, RecursionError) as error:
        raise BrokenFrame("it is no JSON that is read") from error
    if not isinstance(told, dict):
        raise BrokenFrame("it is no object")
    return cast(dict[str, Any], told)


def _json(told: Mapping[str, object]) -> bytes:
    return json.dumps(told, ensure_ascii=False).encode("utf-8", "replace")


def _write(out: BinaryIO, data: bytes) -> None:
    out.write(len(data).to_bytes(_LENGTH, "big"))
    out.write(data)


def _read(source: BinaryIO, most: int) -> bytes:
    length = int.from_bytes(_exactly(source, _LENGTH), "big")
    if length > most:
        raise BrokenFrame(f"a frame of {length:,} bytes; {most:,} are allowed")
    return _exactly(source, length)


def _exactly(source: BinaryIO, length: int) -> bytes:
    data = source.read(length)
    if len(data) < length:
        raise EOFError
    return data
