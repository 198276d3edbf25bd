"""Finds in the order in which they are shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.search.relevance import Find


def ranked(scored: Iterable[tuple[float, Find]]) -> list[Find]:
    """Return finds, the highest score first; of equal ones, those whose speaker is sure."""
    return [find for _, find in sorted(scored, key=lambda pair: (-pair[0], pair[1].doubtful))]


def by_article(finds: Sequence[Find]) -> list[Find]:
    """Return finds by article, each as its text has them: the newest article first, undated ones by their best find."""
    articles = list(dict.fromkeys(find.cached.article.id for find in finds))
    read = sorted(finds, key=lambda find: (articles.index(find.cached.article.id), find.start))
    return sorted(read, key=lambda find: str(find.cached.article.published or ""), reverse=True)


def newest(finds: Sequence[Find]) -> list[Find]:
    """Return finds, the newest first; of one day, those whose speaker is sure, then as the text has them."""
    dated = sorted(finds, key=lambda find: (find.doubtful, find.start))
    return sorted(dated, key=lambda find: str(find.cached.article.published or ""), reverse=True)


def oldest(finds: Sequence[Find]) -> list[Find]:
    """Return finds, the oldest first, those without a date last; of one day, as the text has them."""
    dated = sorted(finds, key=lambda find: (find.doubtful, find.start))
    return sorted(dated, key=lambda find: str(find.cached.article.published or "9999"))
