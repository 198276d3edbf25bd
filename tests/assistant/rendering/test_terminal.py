"""What is written to a terminal: foreign text is seen there, and commands nothing."""

from __future__ import annotations

import ast
import json
import logging
from pathlib import Path

import pytest

from assistant.rendering.terminal import (
    LogLines,
    bounded,
    tell_error,
    write_exactly,
    write_json,
    write_line,
    write_lines,
)
from index.errors import LONGEST_VALUE, shortened

ROOT = Path(__file__).parents[3]
LINES = [
    ("a line end", "un\ntwo", "un␊two"),
    ("a carriage return", "un\rtwo", "un␍two"),
    ("a tab", "un\ttwo", "un␉two"),
    ("an escape sequence", "\x1b[2Jun", "␛[2Jun"),
    ("a window's title", "\x1b]0;pris\x07", "␛]0;pris␇"),
    ("C1, which some terminals obey", "\x9b2Jun", "\ufffd2Jun"),
    ("next line", "un\x85two", "un\ufffdtwo"),
    ("delete", "un\x7ftwo", "un␡two"),
    ("Unicode's ends of line and paragraph", "un\u2028two\u2029", "un␤two␤"),
    ("text that runs backwards", "\u202egpj.exe\u2066", "\ufffdgpj.exe\ufffd"),
    ("half a character, of a name that is no UTF-8", "caf\udce9", "caf\ufffd"),
    ("ordinary text", "« Où est-il ? » – 🌊\u202f!", "« Où est-il ? » – 🌊\u202f!"),
]


@pytest.mark.parametrize(("foreign", "seen"), [line[1:] for line in LINES], ids=[line[0] for line in LINES])
def test_a_line_is_one_line_and_shows_what_is_in_it(
    foreign: str, seen: str, capsys: pytest.CaptureFixture[str]
) -> None:
    write_line(foreign)
    assert capsys.readouterr().out == f"{seen}\n"


@pytest.mark.parametrize("foreign", [line[1] for line in LINES], ids=[line[0] for line in LINES])
def test_a_line_of_json_means_the_same_and_is_one_line(foreign: str, capsys: pytest.CaptureFixture[str]) -> None:
    write_json({"title": foreign})
    written = capsys.readouterr().out
    assert json.loads(written) == {"title": foreign}
    assert len(written.splitlines()) == 1
    assert written.rstrip("\n").isprintable() or "\u202f" in written


def test_lines_keep_their_ends(capsys: pytest.CaptureFixture[str]) -> None:
    write_lines("un\n\n\ttwo\r\nthree\rfour\x1b[2J")
    assert capsys.readouterr().out == "un\n\n\ttwo\r\nthree␍four␛[2J\n"


def test_a_text_is_written_byte_for_byte_to_what_is_no_terminal(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    write_exactly("\x1b[2Jun\r\ntwo\x85 é")
    assert capfdbinary.readouterr().out == "\x1b[2Jun\r\ntwo\x85 é".encode()


def test_a_long_value_is_shortened_and_what_to_do_stays(capsys: pytest.CaptureFixture[str]) -> None:
    tell_error(f"{'x' * 100_000}: no such article.\nList them with `dixit list`.")
    told = capsys.readouterr().err
    assert told.startswith("dixit: xxx")
    assert told.endswith("x: no such article. List them with `dixit list`.\n")
    assert len(told) < 300
    assert len(bounded("many words " * 10_000 + "Use others.")) <= 1_000
    assert bounded("many words " * 10_000 + "Use others.").endswith("words Use others.")


@pytest.mark.parametrize("length", [1, LONGEST_VALUE, LONGEST_VALUE + 1, 100_000])
def test_a_value_is_cut_in_its_middle(length: int) -> None:
    value = "".join(chr(0x4E00 + number % 20_000) for number in range(length))
    cut = shortened(value)
    assert len(cut) == min(length, LONGEST_VALUE)
    assert (cut[:70], cut[-30:]) == (value[:70], value[-30:])


def test_what_is_logged_is_a_line() -> None:
    record = logging.LogRecord("dixit.page", logging.WARNING, "", 0, "adding: %s", ("a\nFORGED\x1b]0;b\x07",), None)
    assert LogLines().format(record) == "dixit: adding: a␊FORGED␛]0;b␇"


def test_there_is_no_other_door() -> None:
    modules = [*(ROOT / "assistant").rglob("*.py"), ROOT / "app.py"]
    doors = {path.name for path in modules if any(map(_writes, ast.walk(ast.parse(path.read_text("utf-8")))))}
    assert doors == {"terminal.py", "launch.py"}


def _writes(node: ast.AST) -> bool:
    written = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
    return written in ("print", "click.echo", "click.secho", "sys.stdout.write", "sys.stderr.write")
