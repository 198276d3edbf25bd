"""Each rule that names a speaker does so in its own example."""

import pytest

from index.models import Article, content_id
from index.quotations.attribution.reader import open_reader
from index.quotations.attribution.rules.listing import RULES, Rule


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_names_the_speaker_of_its_example(rule: Rule) -> None:
    article = Article(content_id(rule.example), "example", "", rule.lang, text=rule.example)
    *_, last = open_reader(article).mentions().found
    assert (last.rule, last.speaker.name if last.speaker else None) == (rule.name, rule.speaker)


def test_no_two_rules_have_one_name() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES)


ARTICLE = (
    "Le pont de Morvillac fermera lundi.\n\nJeanne Morel dénonce une « décision absurde ». « Le pont tiendra », "
    "a dit Paul Ruiz. Le maire ne décolère pas : « C'est un mensonge. » Selon lui, rien ne presse."
)


def test_every_rule_that_finds_words_is_listed() -> None:
    article = Article(content_id(ARTICLE), "example", "", "fr", text=ARTICLE)
    found = open_reader(article).mentions().found
    assert {span.rule for span in found} <= {rule.name for rule in RULES}
    assert found
