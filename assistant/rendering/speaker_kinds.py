"""What speakers are, people, institutions or papers: how many of each there are, and the mark of who is no person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from assistant.texts.catalogue import Texts
from index.models import Quotation, SpeakerKind

_COUNTED = ("person", "body", "document", "place", "crowd", "voice")
"""In the order in which they are told; voice: nothing tells the kind, as in what an older Dixit stored."""


def kinds_of(said: Iterable[Quotation]) -> dict[str, SpeakerKind | None]:
    """Return what each speaker is, by name and in order of appearance, as most quotations tell; None: none does."""
    told: dict[str, Counter[SpeakerKind]] = {}
    for each in said:
        if each.speaker:
            told.setdefault(each.speaker, Counter()).update(filter(None, [each.speaker_kind]))
    return {name: next((kind for kind, _ in kinds.most_common(1)), None) for name, kinds in told.items()}


def counted(kinds: Iterable[SpeakerKind | None], texts: Texts) -> str:
    """Return how many speakers there are of each kind: "12 people, 3 organisations and 1 document"."""
    counts: Counter[str] = Counter(kind or "voice" for kind in kinds)
    return texts.list([texts.get(f"speakers.{kind}", count=counts[kind]) for kind in _COUNTED if counts[kind]])


def mark(kind: SpeakerKind | None, texts: Texts) -> str:
    """Return the word that stands beside a speaker who is no person; nothing beside a person, or where none knows."""
    return texts.get(f"speaker_kind.{kind}") if kind not in (None, "person") else ""
