"""What was found for a question, before a word of the answer is written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from assistant.question import AskedPerson, QuestionKind
from assistant.search.relevance import Find
from index.models import Tally

Order = Literal["newest", "oldest", "nearest"]
Verdict: TypeAlias = QuestionKind | Literal[
    "said", "yes", "near", "no", "denied", "reported", "answered", "disputed", "near_own",
    "asked", "uncontested", "contested",
    "spoke", "spoken_for", "stance", "positions", "most_quoted", "compared", "quoting", "mentioning",
    "not_quoted", "not_about", "out_of_scope", "out_of_scope_articles", "out_of_scope_places",
    "absent", "silent", "nobody", "mentioned",
    "untold", "declined", "empty", "disclaimed", "misquoted",
    "beside", "dated", "all_shown", "nothing_later", "no_reply", "no_reason", "no_time", "no_place", "no_such",
]  # fmt: skip
"""What was found: what a kind of question asks for; for a check whether words are that person's; or a refusal."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What answers a question.

    Attributes:
        verdict: see ``Verdict``.
        finds: best first; none for a refusal.
        asked: the person whose words were asked for, if any.
        searched: how many articles there were to search.
        total: how many places there are, of which ``finds`` are the first; of a refusal, how many out of the scope.
        order: in which the finds stand; None: it is not told.
        tally: people, and how often each is quoted: those who are compared, or all who are quoted.
        named: how many of these are told by name; None: all.
        articles: how many hold what is counted, or mention what nobody is quoted on.
        nearest: of a refusal, what comes nearest to an answer.
        days: when the first and the last article with what answers appeared; None: it is not told.
        loosely: none was said at the time that is asked for, and the articles that hold them name it.
        undated: a time was asked for, and no article tells when these words were said.
    """

    verdict: Verdict
    finds: tuple[Find, ...] = ()
    asked: AskedPerson | None = None
    searched: int = 0
    total: int = 0
    order: Order | None = None
    undated: bool = False
    loosely: bool = False
    tally: tuple[Tally, ...] = ()
    named: int | None = None
    articles: int = 0
    nearest: tuple[Find, ...] = ()
    days: tuple[date, date] | None = None


def refused(person: AskedPerson) -> Findings:
    """Return that somebody is not quoted, or not even named."""
    return Findings("not_quoted" if person.known == "mentioned" else "absent", (), person)


def holders_of(findings: Findings) -> list[AskedPerson]:
    """Return those who are quoted and called by the function that a question asks for, when it fits several."""
    asked = findings.asked
    if asked is None or not asked.role or not asked.others:
        return []
    speakers = {find.speaker for find in findings.finds}
    names = [name for name in (asked.name, *asked.others) if name in speakers]
    return [AskedPerson(name, name, "speaker") for name in names] if len(names) > 1 else []
