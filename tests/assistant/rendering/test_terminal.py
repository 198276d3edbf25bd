"""What is written to a terminal: foreign text is seen there, and commands nothing."""

from __future__ import annotations

import ast
import json
import logging
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.rendering.terminal import (
    MOST_ROWS,
    LogLine,
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
    assert LogLine().format(record) == "dixit: adding: a␊FORGED␛]0;b␇"


MARKUP = "[red]x[/red] [link=http://a.example]y[/] :smile: https://a.example/ 12 \x1b[2J\x1b]8;;http://a.example\x07z"
SEEN = "[red]x[/red] [link=http://a.example]y[/] :smile: https://a.example/ 12 ␛[2J␛]8;;http://a.example␇z"
ASKED_FOR = {"FORCE_COLOR": "1", "TTY_COMPATIBLE": "1", "TTY_INTERACTIVE": "1", "CLICOLOR_FORCE": "1"}
"""Variables of the environment by which rich, and others, take anything for a terminal."""
PROGRAM = """
import sys
from assistant.rendering.terminal import Count, tell, write_answer, write_json, write_line, write_rows
foreign = sys.argv[1]
write_answer(f"Le 3 mars, **Ana \\\\* {foreign}** a dit (*told*) :\\n\\n\\\\- un\\ttwo \\\\\\\\ x_y **")
write_answer("Sans gras.")
write_rows(["id", "title"], [("1", foreign), ("2", "deux")], "  ".join)
write_rows(["id", "title"], [], "  ".join)
with Count(3, "articles").shown() as count:
    for number in range(3):
        write_line(f"added  {number} {foreign}")
        tell(f"told {number}")
        count.done()
"""
PLAIN = (
    f"Le 3 mars, **Ana \\* {SEEN}** a dit (*told*) :\n\n\\- un\ttwo \\\\ x_y **\nSans gras.\n1  {SEEN}\n2  deux\n"
    + "".join(f"added  {number} {SEEN}\n" for number in range(3))
)


def command(program: str, *arguments: str) -> list[str]:
    return [sys.executable, "-c", program, *arguments]


def on_terminal(program: str, *arguments: str, **variables: str) -> str:
    """What a program writes to a terminal, on both of its streams."""
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    environment = os.environ | {"TERM": "xterm-256color", "COLUMNS": "200"} | variables
    running = subprocess.Popen(command(program, *arguments), stdout=theirs, stderr=theirs, cwd=ROOT, env=environment)
    os.close(theirs)
    written = b""
    try:
        while piece := os.read(ours, 65_536):
            written += piece
    except OSError:  # the other end is closed
        pass
    os.close(ours)
    assert running.wait(timeout=60) == 0, written
    return written.decode().replace("\r\n", "\n")


@pytest.mark.parametrize("variables", [{}, ASKED_FOR], ids=["as it is", "colours asked for"])
def test_what_goes_into_a_pipe_is_plain(variables: dict[str, str]) -> None:
    run = subprocess.run(
        command(PROGRAM, MARKUP), capture_output=True, cwd=ROOT, env=os.environ | variables, check=True, timeout=60
    )
    assert run.stdout.decode() == PLAIN
    assert run.stderr.decode() == "dixit: told 0\ndixit: told 1\ndixit: told 2\n"


def test_a_terminal_without_colours_is_written_plain_lines() -> None:
    written = on_terminal(PROGRAM, MARKUP, TERM="dumb")
    assert [line for line in written.splitlines() if "told " not in line] == PLAIN.splitlines()


def test_a_terminal_shows_names_in_bold_and_rows_in_columns() -> None:
    written = on_terminal(PROGRAM, MARKUP).replace("\x1b[0m\x1b[1m", "")
    assert f"Le 3 mars, \x1b[1mAna * {SEEN}\x1b[0m a dit (\x1b[3mtold\x1b[0m) :\n\n- un    two \\ x_y \nSans" in written
    headings, first, second = (
        re.sub(r"\x1b\[\d*m", "", line).rstrip() for line in written.split("gras.\n")[1].splitlines()[:3]
    )
    assert (headings, first, second) == ("id title", f"1  {SEEN}", "2  deux")


def test_foreign_text_commands_nothing_through_what_is_drawn() -> None:
    written = on_terminal(PROGRAM, MARKUP)
    ours = re.compile(
        r"\x1b\[(?:[\d;]*m|\?25[hl]|2K|1A)"
    )  # colours, the cursor hidden and shown, the bar's line erased
    assert not set(ours.sub("", written)) & set("\x1b\x07")
    assert written.count(SEEN) == 5


def test_a_bar_tells_how_many_are_done_and_leaves_the_lines_alone() -> None:
    written = on_terminal(PROGRAM, MARKUP)
    assert re.search(r"3/3 articles  [\d.]+/s 0:00:00 left", re.sub(r"\x1b\[[\d;]*m", "", written))
    for number in range(3):  # each on a line of its own, which the bar was taken from
        assert re.search(rf"\x1b\[2Kadded  {number} {re.escape(SEEN)}\n", written)
        assert re.search(rf"\x1b\[2Kdixit: told {number}\n", written)
    assert written.endswith("\x1b[2K")


@pytest.mark.parametrize("width", ["2", "10", "200"])
def test_a_bar_takes_one_line_and_is_taken_away_for_what_is_logged(width: str) -> None:
    program = """
import logging
from assistant.rendering.terminal import Count, log_to_terminal
log_to_terminal()
with Count(2, "articles").shown():
    logging.getLogger("dixit").warning("slow")
raise SystemExit
"""
    written = on_terminal(program, COLUMNS=width)
    assert "\x1b[2Kdixit: slow\n" in written
    assert written.count("\n") == 3  # the bar's twice, the log's
    assert written.count("\x1b[1A") == 2


COUNTING = """
import sys
from assistant.rendering.terminal import Count
with Count(2, "sources", "articles", every=float(sys.argv[1])).shown() as count:
    for _ in range(3):
        count.got()
    count.done()
"""


def test_what_comes_of_sources_is_counted_beside_them() -> None:
    written = re.sub(r"\x1b\[[\d;]*m", "", on_terminal(COUNTING, "60"))
    assert re.search(r"0/2 sources  3 articles  [\d.]+/s", written)
    assert re.search(r"1/2 sources  3 articles  [\d.]+/s", written)


@pytest.mark.parametrize(("every", "lines"), [("60", 0), ("-1", 4)])
def test_in_a_pipe_a_line_now_and_then_tells_how_far_it_is(every: str, lines: int) -> None:
    ended = subprocess.run(command(COUNTING, every), capture_output=True, text=True, cwd=ROOT, check=True)
    told = ended.stderr.splitlines()
    assert len(told) == lines
    assert all(re.fullmatch(r"dixit: \d of 2 sources  \d articles, [\d.]+ a second", line) for line in told)


@pytest.mark.parametrize("width", ["1", "40", "80", "81"])
def test_a_narrow_terminal_cuts_nothing_off(width: str) -> None:
    program = """
from assistant.rendering.terminal import write_rows
headings = ["id", "date", "lang", "outlet", "title", "version"]
row = ["0123456789abcdef", "2025-03-19", "fr", "Le Courrier du littoral", "Le marché rouvre " * 9, "2, 2025-03-20"]
write_rows(headings, [row], "  ".join)
"""
    written = re.sub(r"\x1b\[\d*m", "", on_terminal(program, COLUMNS=width))
    assert "0123456789abcdef" in written  # to be copied
    assert len(re.findall("rouvre", written)) == 9
    assert ("outlet" in written) == (int(width) >= 80)


@pytest.mark.parametrize(("count", "heads"), [(0, 0), (MOST_ROWS, 1), (MOST_ROWS + 1, 0)])
def test_a_long_list_is_written_line_by_line(count: int, heads: int) -> None:
    program = f"""
from assistant.rendering.terminal import write_rows
write_rows(["id", "title"], [("un", "deux")] * {count}, "  ".join)
"""
    written = on_terminal(program)
    assert (len(written.splitlines()), written.count("title")) == (count + heads, heads)


def test_nothing_is_drawn_for_a_single_thing() -> None:
    program = """
from assistant.rendering.terminal import Count, write_line
with Count(1, "sources").shown() as count:
    write_line("added  un")
    count.done()
"""
    assert on_terminal(program) == "added  un\n"


def test_there_is_no_other_door() -> None:
    modules = [*(ROOT / "assistant").rglob("*.py"), ROOT / "app.py"]
    doors = {path.name for path in modules if any(map(_writes, ast.walk(ast.parse(path.read_text("utf-8")))))}
    assert doors == {"terminal.py", "launch.py"}


def _writes(node: ast.AST) -> bool:
    written = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
    return written in ("print", "click.echo", "click.secho", "sys.stdout.write", "sys.stderr.write")
