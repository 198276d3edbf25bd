"""A wrong answer -> the first step on the way from the article that went wrong.

Articles come before questions: when the words that the answer had to cite were not stored as a quotation, or not under
the right name, no answer could have been right, and the later steps are not blamed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, get_args

from tests.evaluation.answers import Reply, Verdict, evident
from tests.evaluation.labels import Labelled, LabelledSet, Place, Said
from tests.evaluation.naming import same_person
from tests.evaluation.overlap import covers

Cause = Literal[
    "quotation missed",
    "speaker wrong",
    "question misread",
    "refused wrongly",
    "wrong evidence chosen",
    "answered wrongly",
]
CAUSES: tuple[Cause, ...] = get_args(Cause)


def cause(verdict: Verdict, labelled: LabelledSet, stored: Sequence[Said]) -> Cause:
    """Return why an answer is wrong.

    Args:
        verdict: of an answer that is not right.
        labelled: the set that the question belongs to.
        stored: the quotations as they were indexed.
    """
    reply = verdict.reply
    if verdict.fault == "invented":
        return "answered wrongly"
    if not reply.question.answerable:
        return "speaker wrong" if _is_misled(reply, labelled) else "answered wrongly"
    return (
        _indexed_wrongly(verdict, labelled, stored)
        or ("question misread" if is_misread(reply) else None)
        or ("refused wrongly" if verdict.fault == "abstained" else None)
        or ("answered wrongly" if verdict.fault == "misattributed" else "wrong evidence chosen")
    )


def is_misread(reply: Reply) -> bool:
    """Tell whether a question was read as one of another kind, or a follow-up was not made whole."""
    understood = reply.understood
    if understood is None:
        return False
    if reply.question.type == "followup":
        return not understood.rewritten
    return understood.kind != reply.question.type


def _indexed_wrongly(verdict: Verdict, labelled: LabelledSet, stored: Sequence[Said]) -> Cause | None:
    question = verdict.reply.question
    if question.type == "fact":  # its evidence need not be anybody's words
        return None
    if verdict.fault == "misattributed" and any(cited.speaker for cited in evident(verdict.reply)):
        wrong = verdict.detail
        return "speaker wrong" if _under(stored, question.evidence, wrong) else None
    wanted = (verdict.detail,) if verdict.fault == "unnamed" else question.speakers
    if any(_under(stored, question.evidence, speaker) for speaker in wanted):
        return None
    places = [place for speaker in wanted for place in _spoken(question, speaker, labelled)] or question.evidence
    found = any(covers(said, place) for said in stored for place in places)
    return "speaker wrong" if found else "quotation missed"


def _under(stored: Sequence[Said], places: Sequence[Place], speaker: str) -> bool:
    """Tell whether one of the places is stored as that speaker's words."""
    return any(same_person(said.speaker, speaker) and any(covers(said, place) for place in places) for said in stored)


def _spoken(question: Labelled, speaker: str, labelled: LabelledSet) -> list[Place]:
    """Return the evidence that is labelled as that speaker's words."""
    words = [said for said in labelled.quotations if same_person(said.speaker, speaker)]
    return [place for place in question.evidence if any(covers(said, place) for said in words)]


def _is_misled(reply: Reply, labelled: LabelledSet) -> bool:
    """Tell whether a citation stands under another name than the label on the same words."""
    return any(
        cited.speaker is not None and covers(cited, said) and not same_person(cited.speaker, said.speaker)
        for cited in reply.citations
        for said in labelled.quotations
    )
