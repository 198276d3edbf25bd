"""Why words stand under a name."""

import pytest

from index.embedding.token_states import open_token_states
from index.models import Article, content_id
from index.quotations.explanation import explain_quotations
from index.quotations.extractor import extract_quotations
from index.settings import IndexSettings

TEXT = "“The bridge will hold,” said Ada Pike. Mayor Tom Reed disagreed. “It will not,” he said."


def test_an_explanation_tells_the_same_speakers_and_ranks_whom_it_names_first() -> None:
    article = Article(content_id(TEXT), "example", "", "en", text=TEXT)
    told = list(explain_quotations(article))
    assert [one.quotation for one in told] == extract_quotations(article)
    for one in told:
        assert one.ranking[0].speaker == one.quotation.speaker
        assert list(one.ranking) == sorted(one.ranking, key=lambda support: -support.probability)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", 'Wanda Kessel never said "prison is for the poor", despite a viral post.'),
        ("en", 'According to the Herald, Ada Pike allegedly said: "The budget will be refused."'),
        ("fr", "Tous se taisaient.\n\n— Où vas-tu ? demanda la gardienne.\n\n— Au port, répondit Ferdinand Mas."),
    ],
)  # fmt: skip
@pytest.mark.parametrize("with_model", [False, True])
def test_what_nobody_weighs_and_who_vouches_is_told_as_it_is_kept(lang: str, text: str, with_model: bool) -> None:
    article = Article(content_id(text), "example", "", lang, text=text)
    model = open_token_states(IndexSettings(), lambda _: None) if with_model else None
    said = extract_quotations(article, model)
    assert said
    assert [one.quotation for one in explain_quotations(article, model)] == said


def test_whether_the_embedding_model_was_asked_is_told() -> None:
    article = Article(content_id(TEXT), "example", "", "en", text=TEXT)
    model = open_token_states(IndexSettings(), lambda _: None)
    told = list(explain_quotations(article, model))
    assert [one.quotation for one in told] == extract_quotations(article, model)
    assert [one.quotation.speaker for one in told] == ["Ada Pike", "Tom Reed"]
    assert {one.states for one in told} == {True}
    assert {one.states for one in explain_quotations(article)} == {False}


def test_votes_are_told_by_name() -> None:
    article = Article(content_id(TEXT), "example", "", "en", text=TEXT)
    first = next(iter(explain_quotations(article)))
    assert {"pick", "cue_right"} <= set(first.ranking[0].votes)


def test_turns_are_explained_by_their_label_or_as_answers() -> None:
    text = (
        "Interview with Wilma Strand, harbour master\n\nQ. Is the channel safe?\nA. At high water, yes.\n"
        "Q. Who says “the lights will burn”?\nA. Tom Reed does."
    )
    article = Article(content_id(text), "example", "", "en", text=text)
    told = list(explain_quotations(article))
    assert [one.quotation for one in told] == extract_quotations(article)
    assert [(one.rule, one.ranking[0].speaker, one.ranking[0].votes) for one in told] == [
        ("turn_label", "Wilma Strand", ("turn_label",)),
        ("turn_label", "Wilma Strand", ("turn_label",)),
    ]
    bold = "Wilma Strand runs the harbour of Sargune.\n\n**Is the channel safe?**\n\nAt high water, yes.\n\n"
    bold += "**And at low water?**\n\nIt never was."
    article = Article(content_id(bold), "example", "", "en", text=bold)
    assert [(one.rule, one.quotation.speaker) for one in explain_quotations(article)] == [
        ("turn_answer", "Wilma Strand")
    ] * 2
