"""A picture of a page -> the words that Tesseract reads in it, a program that is used where it is installed."""

from __future__ import annotations

import csv
import functools
import io
import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from index.errors import SourceRefused
from index.languages.data_files import languages

_PROGRAM = "tesseract"
_WORD_LEVEL = "5"
_NEEDED = ("PATH", "LD_LIBRARY_PATH", "TESSDATA_PREFIX", "SYSTEMROOT")
_ASKED_SECONDS = 10


@dataclass(frozen=True, slots=True)
class RecognisedLine:
    """A line of a page.

    Attributes:
        paragraph: tells those of one paragraph from others of the page.
        left: its edges, in dots from the left and upper edges of the page.
        sure: how sure each word is, of 100.
    """

    paragraph: tuple[str, ...]
    left: int
    top: int
    right: int
    bottom: int
    text: str
    sure: tuple[float, ...]


@functools.cache
def recognised_languages() -> tuple[str, ...]:
    """Return the languages that can be recognised here, as Tesseract names them; none when it is not installed."""
    program = shutil.which(_PROGRAM)
    if program is None:
        return ()
    try:
        known = set(_run([program, "--list-langs"], b"", _ASKED_SECONDS).decode("utf-8", "replace").split())
    except (OSError, subprocess.SubprocessError):
        return ()
    names = (language.recogniser for language in languages().values())
    return tuple(name for name in names if name and name in known)


def recognised(picture: bytes, seconds: float) -> list[RecognisedLine] | None:
    """Return the lines of a picture of a page, in reading order; None when it takes longer.

    Raises:
        SourceRefused: the program fails.
    """
    command = [_PROGRAM, "stdin", "stdout", "--dpi", "300", "-l", "+".join(recognised_languages()), "tsv"]
    try:
        told = _run(command, picture, seconds)
    except subprocess.TimeoutExpired:
        return None
    except (OSError, subprocess.SubprocessError) as error:
        raise SourceRefused("recognition_failed") from error
    rows = csv.DictReader(io.StringIO(told.decode("utf-8", "replace")), delimiter="\t", quoting=csv.QUOTE_NONE)
    words = [row for row in rows if row["level"] == _WORD_LEVEL and row["text"].strip()]
    return [_line(key, list(line)) for key, line in groupby(words, _place)]


def _place(row: Mapping[str, str]) -> tuple[str, ...]:
    return row["block_num"], row["par_num"], row["line_num"]


def _line(place: tuple[str, ...], words: Sequence[Mapping[str, str]]) -> RecognisedLine:
    return RecognisedLine(
        paragraph=place[:-1],
        left=min(int(word["left"]) for word in words),
        top=min(int(word["top"]) for word in words),
        right=max(int(word["left"]) + int(word["width"]) for word in words),
        bottom=max(int(word["top"]) + int(word["height"]) for word in words),
        text=" ".join(word["text"].strip() for word in words),
        sure=tuple(float(word["conf"]) for word in words),
    )


def _run(command: Sequence[str], given: bytes, seconds: float) -> bytes:
    # One thread: several take each other's turns, and others read beside it.
    told = {name: os.environ[name] for name in _NEEDED if name in os.environ} | {"OMP_THREAD_LIMIT": "1"}
    seconds = max(0.1, seconds)
    return subprocess.run(command, input=given, capture_output=True, timeout=seconds, env=told, check=True).stdout
