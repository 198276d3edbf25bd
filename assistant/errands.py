"""Work for a visitor that goes on when nobody watches: a page that is closed, or loaded anew, ends nothing."""

from __future__ import annotations

import threading
from collections.abc import Generator, Iterator

from assistant.outcome import attempt


class Errand:
    """Work that is being done, by its states: only the latest is worth showing."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._number = 0
        self._latest = ""
        self._over = False

    def show(self, state: str) -> None:
        """Take a new state."""
        with self._changed:
            self._number, self._latest = self._number + 1, state
            self._changed.notify_all()

    def end(self) -> None:
        """Let nobody wait for another state."""
        with self._changed:
            self._over = True
            self._changed.notify_all()

    def watch(self) -> Generator[str]:
        """Yield the latest state, and each later one, until the work is over."""
        seen = 0
        while True:
            with self._changed:
                while self._number == seen and not self._over:
                    self._changed.wait()
                if self._number == seen:
                    return
                seen, latest = self._number, self._latest
            yield latest


class Errands:
    """Does the work of all visitors in threads of its own, one after the other; safe to share between threads."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._closing = threading.Event()
        self._mutex = threading.Lock()
        self._running: dict[threading.Thread, tuple[str, Errand]] = {}

    def begin(self, visitor: str, work: Generator[str]) -> Generator[str]:
        """Have work done, and yield its states; it goes on when they are no longer asked for."""
        errand = Errand()
        thread = threading.Thread(target=self._do, args=(work, errand), name="dixit-errand", daemon=True)
        with self._mutex:
            self._running[thread] = (visitor, errand)
        thread.start()
        return errand.watch()

    def watch(self, visitor: str) -> Iterator[str]:
        """Yield the states of what is being done for a visitor; none when nothing is."""
        with self._mutex:
            watched = [errand for whose, errand in self._running.values() if whose == visitor]
        for errand in watched:
            yield from errand.watch()

    def close(self) -> None:
        """End what is being done at its next state, and wait for that; nothing is begun any more."""
        self._closing.set()
        with self._mutex:
            threads = list(self._running)
        for thread in threads:
            thread.join()

    def _do(self, work: Generator[str], errand: Errand) -> None:
        with self._turn, attempt("an errand"):
            while not self._closing.is_set() and (state := next(work, None)) is not None:
                errand.show(state)
            work.close()
        errand.end()
        with self._mutex:
            del self._running[threading.current_thread()]
