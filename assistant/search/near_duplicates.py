"""The same words in near-duplicate articles: shown once, with where else they stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from assistant.models import Elsewhere
from assistant.search.article_cache import CachedArticle
from assistant.search.relevance import Find
from index.models import ArticleCard, Quotation
from index.typography import words


def once(finds: Iterable[Find], stories: Mapping[str, str]) -> list[Find]:
    """Return the finds, in order, without those that say the same in another article of the same story.

    The first of them stays; one that names its speaker stands in for one that does not.

    Args:
        finds: best first.
        stories: the story of each article that shares it with another.
    """
    kept: list[Find] = []
    told: dict[tuple[str, str], list[int]] = {}
    for find in finds:
        story = stories.get(find.cached.article.id)
        same = told.setdefault((story, _words(find)), []) if story else []
        at = next((at for at in same if _repetition(kept[at], find)), None)
        if at is None:
            same.append(len(kept))
            kept.append(find)
        elif kept[at].speaker is None and find.speaker:
            kept[at] = find
    return kept


def first_repetition(find: Find, cached: CachedArticle, quotations: Sequence[Quotation]) -> Find | None:
    """Return the place in another article that says the same as a find; None when there is none.

    A quotation is echoed by a quotation, a sentence by a sentence.
    """
    wanted = _words(find)
    places = ((q.start, q.end, q) for q in quotations) if find.quotation else _sentences(cached)
    others = (replace(find, cached=cached, start=start, end=end, quotation=q) for start, end, q in places)
    return next((other for other in others if _words(other) == wanted and _repetition(find, other)), None)


def elsewhere(find: Find, repetitions: Sequence[Find], copies: Sequence[ArticleCard]) -> tuple[Elsewhere, ...]:
    """Return where the words of a find stand too, each outlet and title once, the find's own left out."""
    article = find.cached.article
    places = [Elsewhere(copy, find.start, find.end) for copy in copies]
    places += [Elsewhere(other.cached.article.card, other.start, other.end) for other in repetitions]
    named = {(place.article.source, place.article.title): place for place in reversed(places)}
    named.pop((article.source, article.title), None)
    return tuple(place for place in places if place in named.values())


def _words(find: Find) -> str:
    return words(find.cached.article.text[find.start : find.end])


def _repetition(one: Find, other: Find) -> bool:
    """Tell whether two finds of the same words are one: from two articles, and not under two names."""
    if one.cached.article.id == other.cached.article.id:
        return False
    return one.speaker == other.speaker or None in (one.speaker, other.speaker)


def _sentences(cached: CachedArticle) -> Iterable[tuple[int, int, None]]:
    text = cached.article.text
    for start, end in cached.sentences:
        held = text[start:end]
        yield start + len(held) - len(held.lstrip()), start + len(held.rstrip()), None
