"""Looking at watched feeds when they are due, for as long as the page is open."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from assistant.server.failures import attempt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.page.pages import Pages
    from assistant.workspace import Workspace

SHORTEST, LONGEST = 5.0, 60.0
"""Seconds between two looks at what is due; another process may have a feed watched meanwhile."""
CLOSING = 8.0
"""Seconds that closing waits for the entry that is being added."""


class FeedSchedule:
    """A thread that sleeps until a watched feed is due, and then has it looked at."""

    def __init__(self, workspace: Workspace, shortest: float = SHORTEST, others: Pages | None = None) -> None:
        """``shortest``: seconds that it sleeps at least; ``others``: where the other workspaces are had."""
        self._workspace = workspace
        self._others = others
        self._shortest = shortest
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="dixit-feeds", daemon=True)

    def start(self) -> None:
        """Begin, where articles may be added."""
        if not self._workspace.read_only:
            self._thread.start()

    def stop(self) -> None:
        """Begin nothing more; what is stopped half way is made up for at a later look."""
        self._stopped.set()

    def close(self) -> None:
        """Stop, and wait for the entry that is being added."""
        self.stop()
        if self._thread.is_alive():
            self._thread.join(CLOSING)

    def _run(self) -> None:
        while not self._stopped.is_set():
            pause = LONGEST
            with attempt("looking at watched feeds"):
                pause = self._look(self._workspace)
            for name in self._named():
                with attempt("looking at another workspace's watched feeds"):
                    pause = min(pause, self._look_there(name))
            self._stopped.wait(pause)

    def _named(self) -> Sequence[str]:
        with attempt("listing the workspaces"):
            return self._others.others() if self._others else ()
        return ()

    def _look(self, workspace: Workspace) -> float:
        """Look at what is due in a workspace; return how long to sleep."""
        if not workspace.feeds():
            return LONGEST
        watching = workspace.feed_watching()
        for _ in watching.check_due():
            if self._stopped.is_set():
                return 0.0
        return self._pause(watching.next_due())

    def _look_there(self, name: str) -> float:
        """Look at what is due in another workspace, which is opened for it alone when something is."""
        assert self._others is not None
        due = self._others.next_due(name)
        if due is None or due > datetime.now(UTC):
            return self._pause(due)
        with self._others.lent(name) as workspace:
            return self._look(workspace)

    def _pause(self, due: datetime | None) -> float:
        left = (due - datetime.now(UTC)).total_seconds() if due else LONGEST
        return min(max(left, self._shortest), LONGEST)
