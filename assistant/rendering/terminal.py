"""Lines out: the one door to a terminal, through which nothing foreign goes but to be seen.

A name or a title may hold what a terminal obeys (escape sequences, ends of lines). Each line is ours, so what is
foreign in it is shown, one sign for one character. Bold names, tables and progress bars are drawn by rich, on a
terminal alone: what goes into a pipe or a file is plain. Rich is given ``Text``, which it does not search for markup,
and is imported when it draws, so that `dixit --help` does not wait for it.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import time
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, TextIO

import click

from assistant.rendering.escaping import for_json_line, for_line, for_terminal
from index.errors import LONGEST_VALUE, shortened

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress
    from rich.table import Table
    from rich.text import Text

LONGEST_ERROR = 1_000
"""In characters; an error says the value, the rule and the next step in less."""
LONGEST_BRIEF = 300
"""In characters; of a line of the page's log."""
NARROWEST_TABLE = 80
"""Columns of a terminal; on a narrower one, an article's id would be broken."""
MOST_ROWS = 300
"""Rows of a table; rich takes over a second to lay out a thousand, and a list that long is searched, not read."""

EVERY = 30.0
"""Seconds between two lines on how far something is, where there is no terminal."""

_ESCAPED = r"\\[!-/:-@\[-`{-~]"
_MARKUP = re.compile(rf"({_ESCAPED}|\*\*|\*)")
_STYLES = {"**": "bold", "*": "italic"}

_bars: list[Progress] = []  # what is drawn just now: one, or none


def write_line(line: str) -> None:
    """Write a line that is a result."""
    _write(for_line(line))


def write_lines(lines: str) -> None:
    """Write lines that are a result."""
    _write(for_terminal(lines))


def write_answer(markdown: str) -> None:
    """Write an answer in Markdown; on a terminal, what it marks as bold or italic is shown so, without the marks."""
    console = _console(sys.stdout)
    if console is None:
        write_lines(markdown)
        return
    for line in for_terminal(markdown).split("\n"):
        console.print(_styled(line), soft_wrap=True)


def write_rows(headings: Sequence[str], rows: Iterable[Sequence[str]], as_line: Callable[[Sequence[str]], str]) -> None:
    """Write results, each made a line of by ``as_line``; on a terminal, a table with a heading for each column."""
    console, rows = _console(sys.stdout), iter(rows)
    first = list(islice(rows, MOST_ROWS + 1)) if console and console.width >= NARROWEST_TABLE else []
    if console and 0 < len(first) <= MOST_ROWS:
        console.print(_table(headings, first))
        return
    for row in chain(first, rows):
        write_line(as_line(row))


def write_json(row: Any) -> None:
    """Write a result as one line of JSON."""
    _write(for_json_line(json.dumps(row, ensure_ascii=False)))


def write_exactly(text: str) -> None:
    """Write a text byte for byte (UTF-8); on a terminal, what that would obey is shown."""
    if sys.stdout.isatty():
        click.echo(for_terminal(text), nl=False)
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode("utf-8"))
        sys.stdout.buffer.flush()


def tell(line: str) -> None:
    """Tell the reader, on standard error, something that is no result."""
    _write(f"dixit: {for_line(line)}", err=True)


def tell_error(message: str) -> None:
    """Tell the reader, on standard error and in one line, what went wrong; long values in it are shortened."""
    tell(bounded(" ".join(message.split())))


def bounded(message: str) -> str:
    """Return an error's message, its long values shortened."""
    message = re.sub(r"\S+", lambda found: shortened(found[0]), message)
    if len(message) <= LONGEST_ERROR:
        return message
    return f"{message[:LONGEST_VALUE]} … {message[LONGEST_VALUE + 3 - LONGEST_ERROR :]}"


class Count:
    """How much of something is done, and how fast: as a bar on a terminal, else as a line now and then."""

    def __init__(self, total: int, unit: str, read: str = "", every: float = EVERY) -> None:
        """Begin to count.

        Args:
            total: how many there are to do.
            unit: what they are: "sources".
            read: what comes of them, if that is counted too: "articles".
            every: seconds between two lines where there is no terminal.
        """
        self._total, self._unit, self._read, self._every = total, unit, read, every
        self._done = self._got = 0
        self._since = self._told = time.monotonic()
        self._bar: Progress | None = None

    def done(self) -> None:
        """Count one as done."""
        self._done += 1
        self._show()

    def got(self) -> None:
        """Count one thing that came of them."""
        self._got += 1
        self._show()

    def _show(self) -> None:
        now = time.monotonic()
        rate = (self._got if self._read else self._done) / max(now - self._since, 1e-3)
        counted = f"{self._unit}  {self._got} {self._read}" if self._read else self._unit
        if self._bar is not None:
            self._bar.update(self._bar.task_ids[0], completed=self._done, counted=counted, rate=f"{rate:.1f}/s")
            self._bar.refresh()
        elif now - self._told > self._every:
            self._told = now
            tell(f"{self._done} of {self._total} {counted}, {rate:.1f} a second")

    @contextmanager
    def shown(self) -> Iterator[Count]:
        """Draw a bar meanwhile, if standard error is a terminal; one thing of which nothing is counted has none."""
        console = _console(sys.stderr) if self._total > 1 or self._read else None
        if console is None:
            yield self
            return
        self._bar = bar = _bar(console)
        bar.add_task("", total=self._total, counted=self._unit, rate="")
        _bars.append(bar)
        bar.start()
        try:
            yield self
        finally:
            _bars.remove(bar)
            bar.stop()


class LogLine(logging.Formatter):
    """A record as a line of ``tell``.

    Args:
        brief: of a record its first line and what raised it where, as what follows may quote what somebody sent;
            else the whole message, and the trace of an error that nobody expected as it is.
    """

    def __init__(self, brief: bool = False) -> None:
        super().__init__()
        self._brief = brief

    def format(self, record: logging.LogRecord) -> str:
        """See ``logging.Formatter``."""
        return _brief_line(record) if self._brief else super().format(record)

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's name
        """See ``logging.Formatter``."""
        return f"dixit: {for_line(bounded(record.message))}"


def raised(error: BaseException) -> str:
    """Return what was raised and where; not its message, which may quote what somebody sent."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f" at {frames[-1].filename.rsplit('/', 1)[-1]}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{where}"


def log_to_terminal() -> None:
    """Have warnings told on standard error, a line each."""
    handler = _LogHandler()
    handler.setFormatter(LogLine())
    logging.basicConfig(level=logging.WARNING, handlers=[handler])


class _LogHandler(logging.StreamHandler[TextIO]):
    def emit(self, record: logging.LogRecord) -> None:
        with _no_bar():
            super().emit(record)


def _brief_line(record: logging.LogRecord) -> str:
    first = next(iter(record.getMessage().strip().splitlines()), "")
    if record.name == "py.warnings":  # a warning of Gradio's lists the values after its first line
        first = first.split(": ", 1)[-1]
    error = record.exc_info[1] if record.exc_info else None
    line = f"dixit: {for_line(first)}{f': {raised(error)}' if error else ''}"
    return line if len(line) <= LONGEST_BRIEF else line[: LONGEST_BRIEF - 1] + "…"


def _write(line: str, err: bool = False) -> None:
    with _no_bar():
        click.echo(line, err=err)


@contextmanager
def _no_bar() -> Iterator[None]:
    """Take the bar away while something is written, so that this goes where it always goes."""
    for bar in _bars:
        bar.stop()
    try:
        yield
    finally:
        for bar in _bars:
            bar.start()


def _console(stream: TextIO) -> Console | None:
    """What draws on a stream; None: it is no terminal, whatever variables of the environment say, or a plain one."""
    if not stream.isatty():
        return None
    from rich.console import Console

    console = Console(file=stream, force_terminal=True, markup=False, emoji=False, highlight=False)
    return None if console.color_system is None else console


def _styled(line: str) -> Text:
    """A line of our Markdown as a terminal shows it; signs in it that are foreign are escaped."""
    from rich.text import Text

    text, styles = Text(), set[str]()
    for piece in _MARKUP.split(line):
        if piece in _STYLES:
            styles ^= {_STYLES[piece]}
        else:
            text.append(piece[1:] if re.fullmatch(_ESCAPED, piece) else piece, " ".join(sorted(styles)))
    return text


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, padding=(0, 1, 0, 0), pad_edge=False)
    for heading in headings:
        table.add_column(Text(heading), overflow="fold")  # nothing is cut off
    for row in rows:
        table.add_row(*(Text(for_line(cell)) for cell in row))
    return table


def _bar(console: Console) -> Progress:
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
    from rich.table import Column

    def column() -> Column:
        return Column(no_wrap=True)  # one line, whatever the width: it is taken away by the line

    return Progress(
        BarColumn(table_column=column()),
        MofNCompleteColumn(table_column=column()),
        TextColumn("{task.fields[counted]}  {task.fields[rate]}", markup=False),
        TimeRemainingColumn(table_column=column()),
        TextColumn("left", markup=False),
        console=console,
        auto_refresh=False,
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
    )
