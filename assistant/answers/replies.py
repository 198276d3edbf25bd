"""What somebody answers to what another says of them: a claim in an article -> the denial of it, or the reply to it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from assistant.answers.claims import disowns
from assistant.search.relevance import Find
from index.languages.lexicon import lexicon
from index.languages.speech_acts import speech_act
from index.models import Quotation
from index.typography import fold

NEAR = 400
"""Characters between a claim and the reply to it."""
NEXT = 120
"""Characters between a question and the answer to it."""
FAR = 1_000
"""Characters between what is told of somebody and words in which they disown it."""
_MARK = re.compile(r"[«»“”\"‘]")


def denies(quotation: Quotation | None) -> bool:
    """Tell whether the reporting verb denies the words that it reports."""
    return bool(quotation and quotation.cue and speech_act(quotation.cue) == "deny")


def tells_of(claim: Find, finds: Collection[Find], called: Collection[str]) -> bool:
    """Tell whether somebody's words, as far as one sentence holds them, name another by a name or a role of theirs.

    Args:
        claim: the words.
        finds: other places, among them what the same speaker says in that sentence beside the claim.
        called: the other's names and roles.
    """
    cached, (start, end) = claim.cached, _sentence(claim)
    same = [find for find in finds if find.cached is cached and find.speaker == claim.speaker]
    words = [fold(cached.article.text[find.start : find.end]) for find in (claim, *same) if start <= find.start < end]
    return any(re.search(rf"(?<!\w){re.escape(fold(name))}(?!\w)", told) for name in called for told in words)


def _sentence(find: Find) -> tuple[int, int]:
    sentences = find.cached.sentences
    first, last = find.cached.sentence_at(find.start), find.cached.sentence_at(max(find.end - 1, find.start))
    return sentences[first][0], sentences[last][1]


def reply(claim: Find, own: Sequence[Find], told_of: bool) -> Find | None:
    """Return what somebody answers to a claim of another's, in the same article: the nearest denial, else what follows.

    Args:
        claim: another's words.
        own: what somebody said.
        told_of: whether the claim tells of them; if not, a denial near it is the only reply.
    """
    beside = sorted((find for find in own if _beside(claim, find)), key=lambda find: _distance(claim, find))
    following = (find for find in beside if _follows(claim, find) and (told_of or is_denial(find)))
    return _disowned(claim, beside, told_of) or next(following, None)


def next_words(asked: Find, own: Sequence[Find]) -> Find | None:
    """Return what somebody says right behind a question, in the same article: the answer to it."""
    following = sorted((find for find in own if _beside(asked, find) and _is_next(asked, find)), key=lambda f: f.start)
    return next(iter(following), None)


def _is_next(asked: Find, find: Find) -> bool:
    return 0 <= find.start - asked.end <= NEXT


def _disowned(claim: Find, beside: Sequence[Find], told_of: bool) -> Find | None:
    """Return the nearest words in which somebody disowns a claim."""
    within = FAR if told_of or _reports(claim) else NEAR
    return next((find for find in beside if _disowns(find) and _distance(claim, find) <= within), None)


def _follows(claim: Find, find: Find) -> bool:
    return 0 <= find.start - claim.end <= NEAR


def is_denial(find: Find) -> bool:
    """Tell whether somebody denies something, by the reporting verb or in their own words."""
    return denies(find.quotation) or _disowns(find)


def _disowns(find: Find) -> bool:
    return disowns(find.cached.article.text[find.start : find.end], find.cached.article.lang)


def _reports(find: Find) -> bool:
    """Tell whether words tell what another said: there are marks in them, or a verb of saying."""
    words = find.cached.article.text[find.start : find.end]
    said = lexicon(find.cached.article.lang).forms_of("say")
    return bool(_MARK.search(words)) or not said.isdisjoint(words.lower().split())


def _distance(claim: Find, find: Find) -> int:
    """Return how far a place stands from a claim; what comes before it counts as further away."""
    return find.start - claim.end if find.start >= claim.end else 2 * (claim.start - find.end)


def _beside(claim: Find, find: Find) -> bool:
    """Tell whether a place stands in the article of a claim, and outside it."""
    same = claim.cached.article.id == find.cached.article.id
    return same and not (claim.start < find.end and find.start < claim.end)
