"""The parts of the evidence, put together."""

from __future__ import annotations

from collections.abc import Sequence

from index.quotations.attribution.features.mention import of_mention
from index.quotations.attribution.features.named import of_candidate
from index.quotations.attribution.features.places import of_places
from index.quotations.attribution.features.pointed import of_pointing
from index.quotations.attribution.features.votes import of_votes
from index.quotations.attribution.features.words import of_words
from index.quotations.attribution.pointer.inputs import PointerInput, pointer_input
from index.quotations.attribution.pointer.network import Pointing, fitted_pointer, fitted_state_pointer
from index.quotations.attribution.pointer.states import SeenStates
from index.quotations.attribution.surroundings import Surroundings

Evidence = dict[str, float]


def evidence(around: Surroundings) -> list[Evidence]:
    """Return the evidence on each candidate of some words, by name."""
    given = pointer_input(around)
    return with_pointing(read_evidence(around), given, _pointing(around, given))


def _pointing(around: Surroundings, given: PointerInput) -> Pointing:
    """Return where the pointer points that sees states; where there are none, the one that sees the parser's tokens."""
    seen = seen_states(around, given)
    return fitted_pointer().point(given) if seen is None else fitted_state_pointer().point(given, seen)


def seen_states(around: Surroundings, given: PointerInput) -> SeenStates | None:
    """Return the states beside words and mentions, None: the embedding model was not asked."""
    if around.article.states is None:
        return None
    places = [(m.mention.start, m.mention.end) for m in given.mentions]
    return around.article.states.seen((around.span.start, around.span.end), places)


def read_evidence(around: Surroundings) -> list[Evidence]:
    """Return the evidence without the pointer's."""
    shared = of_words(around)
    return [
        shared
        | of_votes(around, candidate)
        | of_places(around, candidate)
        | of_candidate(around, candidate)
        | of_mention(around, candidate)
        for candidate in around.candidates
    ]


def with_pointing(read: Sequence[Evidence], given: PointerInput, pointing: Pointing) -> list[Evidence]:
    """Return the evidence with the pointer's added."""
    pointed = of_pointing(given, pointing, len(read))
    return [one | other for one, other in zip(read, pointed, strict=True)]
