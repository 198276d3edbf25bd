"""What a conversation is made of: what was asked and answered, and what the reader thinks of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.models import Answer, Turn

Verdict = Literal[-1, 0, 1]


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and what it was answered.

    Attributes:
        answer: the last state of it; None: nothing came yet.
        whole: it was clicked, not typed: nothing that was asked before is needed to understand it.
        growing: it is being answered; what ends that (Stop, a question asked meanwhile) takes this away.
        failed: the answer stopped half way by an error.
        vote: 1: the reader found it good; -1: bad; 0: did not say.
    """

    question: str
    answer: Answer | None = None
    whole: bool = False
    growing: bool = False
    failed: bool = False
    vote: Verdict = 0


def turns(exchanges: Sequence[Exchange]) -> list[Turn]:
    """Return the questions that the next one is understood from: the last whole one and those after it."""
    last = max((number for number, exchange in enumerate(exchanges) if exchange.whole), default=0)
    return [Turn(exchange.question) for exchange in exchanges[last:]]
