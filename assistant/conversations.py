"""The conversations of the page's visitors: what was asked and answered, kept while the program runs."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.models import Answer, Turn

MOST = 500
"""How many conversations are kept; the one left alone for longest goes first."""
Verdict = Literal[-1, 0, 1]


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and what it was answered.

    Attributes:
        answer: the last state of it; None: nothing came yet.
        failed: the answer stopped half way by an error.
        vote: 1: the reader found it good; -1: bad; 0: did not say.
    """

    question: str
    answer: Answer | None = None
    failed: bool = False
    vote: Verdict = 0


class Conversations:
    """Exchanges by the visitor that has them; safe to share between threads."""

    def __init__(self) -> None:
        self._held: OrderedDict[str, tuple[Exchange, ...]] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, visitor: str) -> tuple[Exchange, ...]:
        """Return a visitor's conversation, empty when there is none."""
        with self._lock:
            return self._held.get(visitor, ())

    def keep(self, visitor: str, exchanges: Sequence[Exchange]) -> None:
        """Hold a conversation in place of the visitor's earlier one; an empty one forgets it."""
        with self._lock:
            self._held.pop(visitor, None)
            if exchanges:
                self._held[visitor] = tuple(exchanges)
            while len(self._held) > MOST:
                self._held.popitem(last=False)


def turns(exchanges: Sequence[Exchange]) -> list[Turn]:
    """Return the questions of a conversation, for the next one to be understood from."""
    return [Turn(exchange.question) for exchange in exchanges]
