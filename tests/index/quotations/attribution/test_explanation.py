"""Why words stand under a name."""

from index.models import Article, content_id
from index.quotations.attribution.explanation import explain_quotations
from index.quotations.extractor import extract_quotations

TEXT = "“The bridge will hold,” said Ada Pike. Mayor Tom Reed disagreed. “It will not,” he said."


def test_an_explanation_tells_the_same_speakers_and_ranks_whom_it_names_first() -> None:
    article = Article(content_id(TEXT), "example", "", "en", text=TEXT)
    told = list(explain_quotations(article))
    assert [one.quotation for one in told] == extract_quotations(article)
    for one in told:
        assert one.ranking[0].speaker == one.quotation.speaker
        assert list(one.ranking) == sorted(one.ranking, key=lambda support: -support.probability)


def test_votes_are_told_by_name() -> None:
    article = Article(content_id(TEXT), "example", "", "en", text=TEXT)
    first = next(iter(explain_quotations(article)))
    assert {"pick", "cue_right"} <= set(first.ranking[0].votes)
