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
        whole: it was clicked, or is to be taken as it stands: nothing that was asked before is looked at.
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
    """Return the turns that the next question is understood from: the last whole one and those after it."""
    last = max((number for number, exchange in enumerate(exchanges) if exchange.whole), default=0)
    return [Turn(exchange.question, _answer(exchange), exchange.whole) for exchange in exchanges[last:]]


def _answer(exchange: Exchange) -> Answer | None:
    """An answer that came to its end; another one is found again where it is needed."""
    return None if exchange.growing or exchange.failed else exchange.answer
