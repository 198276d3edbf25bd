"""Whose a window of the page is: Gradio hands what goes on in one to anybody who knows its name."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

from assistant.server.refusals import Refused

MOST = 50_000
"""How many windows are remembered; the one that was not used for the longest time is forgotten first."""


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends a request, as closely as it is known.

    Attributes:
        client: the address of the machine.
        user: the name that somebody logged in with; None where nobody has to.
        browser: the random name that the page gave the browser; empty for a program.
        itself: it is the page's own client, which calls on behalf of others.
    """

    client: str
    user: str | None = None
    browser: str = ""
    itself: bool = False

    @property
    def person(self) -> str:
        """Who is counted for rates: no browser's name, which anybody can make up."""
        return self.user or self.client

    @property
    def owner(self) -> str:
        """Whose a window is that the sender opens."""
        if self.itself:
            return "itself"
        if self.user:
            return f"user {self.user}"
        return f"browser {self.browser}" if self.browser else f"client {self.client}"


class Windows:
    """Remembers who named a window first; used by one event loop."""

    def __init__(self) -> None:
        self._owners: OrderedDict[str, str] = OrderedDict()

    def require_own(self, window: str, sender: Sender) -> None:
        """Let a window be its first visitor's alone.

        A browser whose page had not named it yet when it opened the window is known by its machine.

        Raises:
            Refused: it is another's.
        """
        owner = self._owners.setdefault(window, sender.owner)
        known = {sender.owner} if sender.user or sender.itself else {sender.owner, f"client {sender.client}"}
        if owner not in known:
            raise Refused(404, "There is nothing here.")
        self._owners.move_to_end(window)
        while len(self._owners) > MOST:
            self._owners.popitem(last=False)
