"""The rules of a language are compiled as questions need them, and match what they would if all were."""

from __future__ import annotations

import re
from typing import Literal

import pytest

from assistant.question.grammar import grammar
from assistant.question.plain_text import surface
from assistant.texts.catalogue import LANGUAGES

QUESTIONS = [
    "Que dit Maud Lorne du quai ?", "Maud Lorne a-t-elle dit que le quai rouvrira ?", "Qui a parlé du quai ?",
    "Selon qui le quai rouvrira-t-il ?", "Pourquoi Maud Lorne dit-elle que le quai ferme ?", "Qu'a promis la maire ?",
    "What did Paul Vidal say about the ferry?", "Who said the ferry is late?", "Did the mayor promise a new quay?",
    "What has the company announced?", "Everything Paul Vidal said", "According to whom is the ferry late?",
]  # fmt: skip


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_rule_that_is_not_compiled_yet_matches_as_it_does_then(lang: Literal["fr", "en"]) -> None:
    compiled = [re.compile(rule.pattern.pattern) for rule in grammar(lang).rules]
    matched = 0
    for question in map(surface, QUESTIONS):
        fresh = grammar.__wrapped__(lang).rules  # none of which is compiled
        for rule, wanted in zip(fresh, compiled, strict=True):
            found, there = rule.pattern.match(question.plain), wanted.match(question.plain)
            assert (found and found.span()) == (there and there.span()), rule.pattern.pattern[:80]
            matched += found is not None
    assert matched > len(QUESTIONS) / 2


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_question_waits_for_a_grammar_that_was_compiled(lang: Literal["fr", "en"]) -> None:
    fresh = grammar.__wrapped__(lang)
    patterns = [*(rule.pattern for rule in fresh.rules), *fresh.phrases.values(), *fresh.moves.values()]
    assert any(pattern._compiled is None for pattern in patterns)
    fresh.compile()
    assert all(pattern._compiled is not None for pattern in patterns)
