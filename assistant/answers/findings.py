"""What was found for a question, before a word of the answer is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assistant.question import Person
from assistant.search.relevance import Find

Verdict = Literal[
    "said", "yes", "near", "no", "denied", "spoke", "most_quoted", "fact",
    "not_quoted", "not_about", "absent", "silent", "nobody", "greeting",
]  # fmt: skip
"""What was found: words said; for a check whether they are that person's; or one of the refusals."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What answers a question.

    Attributes:
        verdict: see ``Verdict``.
        finds: best first; none for a refusal.
        asked: the person whose words were asked for, if any.
        searched: how many articles there were to search.
        strong: the answer within the first find, as offsets into its article; None: not found.
    """

    verdict: Verdict
    finds: tuple[Find, ...] = ()
    asked: Person | None = None
    strong: tuple[int, int] | None = None
    searched: int = 0


def refused(person: Person) -> Findings:
    """Return that somebody is not quoted, or not even named."""
    return Findings("not_quoted" if person.known == "mentioned" else "absent", (), person)
