"""Corrections and what was read in an article -> what holds; no reading is changed, so that all can be undone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

from index.corrections.models import FIELDS, Correction, CorrectionKind
from index.corrections.places import anchored
from index.models import Article, Extraction, Person, Quotation, SpeakerKind
from index.typography import words

ALIKE: Final = 0.5
"""The share of two spans that both hold, from which they are of the same words."""


def corrected(article: Article, found: Extraction, corrections: Iterable[Correction]) -> Extraction:
    """Return what was read in an article with the corrections applied: those of a place first, then those of names.

    A correction whose words no longer stand in the text is passed over.
    """
    ordered = sorted(corrections, key=lambda each: (each.kind == "rename", each.id))
    for correction in ordered:
        apply = _APPLIED.get(correction.kind)
        placed = anchored(correction, article.text)
        if apply is not None and placed is not None and correction.article_id in (None, article.id):
            found = apply(article, found, placed)
    return found


def edited(article: Article, corrections: Iterable[Correction]) -> Article:
    """Return an article with what readers know better than its source: title, outlet, author, date."""
    for correction in corrections:
        if correction.kind in FIELDS:
            value: Any = correction.value
            if correction.kind == "published" and value is not None:
                value = date.fromisoformat(value)
            article = replace(article, **{correction.kind: value})
    return article


def _set_speaker(article: Article, found: Extraction, correction: Correction) -> Extraction:
    return _spoken(found, _meant(found.quotations, correction) or _made(article, correction), correction)


def _add(article: Article, found: Extraction, correction: Correction) -> Extraction:
    return _spoken(found, _made(article, correction), correction)


def _spoken(found: Extraction, said: Quotation, correction: Correction) -> Extraction:
    """Return what was read with a quotation in it that somebody said, or nobody who is named."""
    kind = _kind_of(found.people, correction)
    sure = (1.0, True) if correction.value else (None, None)
    told: dict[str, Any] = dict.fromkeys(_OF_THE_READING) | {"confidence": sure[0], "sure": sure[1]}
    told |= {"speaker": correction.value, "speaker_kind": kind if correction.value else None}
    named = replace(_marked(said), **told)
    people = _with_person(found.people, correction.value, kind) if correction.value else found.people
    return Extraction(_put(found.quotations, named, said), people)


def _drop(article: Article, found: Extraction, correction: Correction) -> Extraction:
    kept = tuple(said for said in found.quotations if _likeness(said, correction) < ALIKE)
    return Extraction(kept, found.people)


def _set_span(article: Article, found: Extraction, correction: Correction) -> Extraction:
    said = _meant(found.quotations, correction) or _made(article, correction)
    start = (correction.start or 0) + (correction.offset or 0)
    end = start + len(correction.value or "")
    if article.text[start:end] != correction.value:  # what stood around the words is another now
        return found
    return Extraction(_put(found.quotations, replace(_marked(said), start=start, end=end), said), found.people)


def _rename(article: Article, found: Extraction, correction: Correction) -> Extraction:
    former, name = words(correction.name or ""), correction.value or ""
    kind = _kind_of(found.people, correction)
    quotations = tuple(_renamed(said, former, name, kind) for said in found.quotations)
    people = _renamed_people(found.people, former, name, kind)
    speaks = name in {said.speaker for said in quotations}
    return Extraction(quotations, _with_person(people, name, kind) if speaks else people)


def _renamed_people(people: tuple[Person, ...], former: str, name: str, kind: SpeakerKind) -> tuple[Person, ...]:
    own = [person for person in people if words(person.name) == former]
    told = tuple(person for person in people if person not in own)
    for person in own:
        told = _with_person(told, name, kind, person)
    return told


def _renamed(said: Quotation, former: str, name: str, kind: SpeakerKind) -> Quotation:
    if said.speaker and words(said.speaker) == former:
        said = replace(_marked(said), speaker=name, speaker_kind=kind)
    places = ("alternative", "via", "disclaimed")
    told: dict[str, Any] = {at: name for at in places if words(getattr(said, at) or "") == former}
    told |= {"alternative": None} if told.get("alternative", said.alternative) == said.speaker else {}
    return replace(said, **told)


def _with_person(
    people: tuple[Person, ...], name: str, kind: SpeakerKind, as_read: Person | None = None
) -> tuple[Person, ...]:
    """Return people with somebody of a name among them, who has the roles and mentions that were read."""
    read = replace(as_read, name=name, kind=kind, gender="") if as_read else Person(name, kind)
    for at, person in enumerate(people):
        if words(person.name) == words(name):
            both = person.and_also(read)
            joined = replace(both, kind=kind, mentions=tuple(sorted(set(both.mentions))))
            return (*people[:at], joined, *people[at + 1 :])
    return (*people, read)


def _kind_of(people: Sequence[Person], correction: Correction) -> SpeakerKind:
    name = words(correction.value or "")
    read = next((one.kind for one in people if words(one.name) == name), None)
    return correction.speaker_kind or read or "person"


def _marked(said: Quotation) -> Quotation:
    return replace(said, corrected=True, read_as=said.read_as if said.corrected else said.speaker)


def _meant(quotations: Iterable[Quotation], correction: Correction) -> Quotation | None:
    """Return the quotation that a correction is about, even if it is read a little longer or shorter now."""
    best = max(quotations, key=lambda said: _likeness(said, correction), default=None)
    return best if best is not None and _likeness(best, correction) >= ALIKE else None


def _likeness(said: Quotation, correction: Correction) -> float:
    start, end = correction.start or 0, correction.end or 0
    both = min(said.end, end) - max(said.start, start)
    return max(both, 0) / (max(said.end, end) - min(said.start, start))


def _made(article: Article, correction: Correction) -> Quotation:
    """Return the quotation that a correction is about, which today's reading does not find."""
    start, end = correction.start or 0, correction.end or 0
    return Quotation(article.id, start, end, correction.quotation_kind or "direct")


def _put(quotations: Iterable[Quotation], said: Quotation, instead_of: Quotation) -> tuple[Quotation, ...]:
    """Return quotations with one in the place of another and of what it overlaps, in the order of the text."""
    kept = [
        other
        for other in quotations
        if other is not instead_of and (other.end <= said.start or other.start >= said.end)
    ]
    return tuple(sorted([*kept, said], key=lambda each: (each.start, each.end)))


_OF_THE_READING: Final = (
    "speaker_as_written", "mention_start", "mention_end", "alternative", "disclaimed", "denial_start", "denial_end",
)  # fmt: skip
"""What was read beside a speaker, and says nothing of another."""
_APPLIED: Final[dict[CorrectionKind, Callable[[Article, Extraction, Correction], Extraction]]] = {
    "speaker": _set_speaker,
    "quotation": _add,
    "not_quotation": _drop,
    "span": _set_span,
    "rename": _rename,
}
