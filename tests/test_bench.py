"""The articles that speed is measured on."""

from __future__ import annotations

from index.models import Article
from tests.bench.articles import AVERAGE, average_articles, further_articles, labelled_sets
from tests.bench.measures import LANGUAGES, Size


def test_average_articles_are_of_average_length() -> None:
    for lang in LANGUAGES:
        articles = average_articles(labelled_sets(), lang)
        assert len(articles) >= Size().average
        assert {article.lang for article in articles} == {lang}
        lengths = [len(article.text) for article in articles]
        assert min(lengths) >= AVERAGE
        assert sum(lengths) / len(lengths) < AVERAGE * 1.2


def test_further_articles_are_all_different_and_repeat() -> None:
    def further(seed: int) -> list[Article]:
        return list(further_articles(labelled_sets(), 200, seed))

    articles = further(1)
    assert len({article.id for article in articles}) == 200
    assert articles == further(1)
    assert not {article.id for article in articles} & {article.id for article in further(2)}


def test_further_articles_exchange_the_names_of_people() -> None:
    texts = [article.text for article in further_articles(labelled_sets(), 60, seed=0)]
    known = {text for labelled in labelled_sets() for text in labelled.texts.values()}
    paragraphs = [part for text in texts for part in text.split("\n\n")]
    changed = [part for part in paragraphs if not any(part in text for text in known)]
    assert 0.3 < len(changed) / len(paragraphs) < 1
