"""The parts of the evidence, put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.quotations.attribution.features.mention import of_mention
from index.quotations.attribution.features.named import of_candidate
from index.quotations.attribution.features.places import of_places
from index.quotations.attribution.features.pointed import of_pointing
from index.quotations.attribution.features.votes import of_votes
from index.quotations.attribution.features.words import of_words
from index.quotations.attribution.pointer import tuned
from index.quotations.attribution.pointer.inputs import FORMS, PointerInput, pointer_input
from index.quotations.attribution.pointer.network import Pointing, fitted_pointer, fitted_state_pointer, mean
from index.quotations.attribution.pointer.sight import Sight
from index.quotations.attribution.pointer.states import SeenStates
from index.quotations.attribution.surroundings import Surroundings

Evidence = dict[str, float]


def evidence(around: Surroundings) -> list[Evidence]:
    """Return the evidence on each candidate of some words, by name."""
    given = pointer_input(around)
    return with_pointing(read_evidence(around), given, _pointing(around, given))


def _pointing(around: Surroundings, given: PointerInput) -> Pointing:
    """Return where the pointers point that see states; where there are none, the one that sees the parser's tokens."""
    seen = seen_states(around, given)
    if seen is None:
        return fitted_pointer().point(given)
    return mean(fitted_state_pointer().point(given, seen.beside), tuned.point(given, seen.sight))


@dataclass(frozen=True, slots=True)
class Seen:
    """What both pointers see of the states: those beside words and mentions, and all tokens in sight."""

    beside: SeenStates
    sight: Sight


def seen_states(around: Surroundings, given: PointerInput) -> Seen | None:
    """Return what is seen of the states around words, None: the embedding model was not asked."""
    states = around.article.states
    if states is None:
        return None
    words = (around.span.start, around.span.end)
    places = [(m.mention.start, m.mention.end) for m in given.mentions]
    forms = [1 + FORMS.index(m.mention.form) for m in given.mentions]
    return Seen(
        states.seen(words, places), states.sight(words, around.article.said, list(zip(places, forms, strict=True)))
    )


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
