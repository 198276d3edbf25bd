"""What a work takes: seconds, and the memory of this process and of those that it started."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

_EVERY = 0.02
_PAGES_A_MB = 1_000_000 / 4096


@dataclass(frozen=True, slots=True)
class Taken:
    """What a work took.

    Attributes:
        megabytes: at most, beyond what was held before; None where the system does not tell (it is no Linux).
    """

    seconds: float
    megabytes: float | None


def taken(work: Callable[[], object]) -> Taken:
    """Do a work; memory is looked at every few milliseconds."""
    before, most, done = _held(), _held(), threading.Event()

    def watch() -> None:
        nonlocal most
        while not done.wait(_EVERY):
            most = max(most, _held())

    watcher = threading.Thread(target=watch)
    watcher.start()
    started = time.perf_counter()
    try:
        work()
        seconds = time.perf_counter() - started
    finally:
        done.set()
        watcher.join()
    return Taken(seconds, most - before if most else None)


def _held() -> float:
    """Return the megabytes that this process and its children hold; 0 where nobody tells."""
    own = Path("/proc/self")
    children = [Path("/proc") / pid for task in own.glob("task/*/children") for pid in _read(task).split()]
    # A child that has not begun its own program yet shows the memory that it shares with this one.
    begun = [child for child in children if _read(child / "cmdline") != _read(own / "cmdline")]
    pages = (_read(process / "statm").split() for process in [own, *begun])
    return sum(int(told[1]) / _PAGES_A_MB for told in pages if told)


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:  # the thread or the process has ended
        return ""
