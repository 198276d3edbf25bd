"""The lists of a language and the rules that ask for them: none is asked for that is not there, none is left over."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from index.languages.data_files import languages, table
from index.languages.lexicon import lexicon

RULES = Path(__file__).parents[3] / "index" / "quotations"


def strings() -> set[str]:
    files = RULES.rglob("*.py")
    nodes = (node for path in files for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    return {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def asked_for() -> set[str]:
    """The lists that the rules name: "subjects.as_for"."""
    sections = {key.split(".")[0] for key in lexicon("fr").words}
    return {text for text in strings() if re.fullmatch(r"[a-z_]+\.[a-z_]+", text) and text.split(".")[0] in sections}


@pytest.mark.parametrize("lang", languages())
def test_every_list_that_rules_ask_for_is_there(lang: str) -> None:
    assert sorted(asked_for() - set(lexicon(lang).words)) == []


@pytest.mark.parametrize("lang", languages())
def test_every_list_of_clauses_is_asked_for(lang: str) -> None:
    lists = {f"{section}.{key}" for section, data in table(lang, "clauses").items() for key in data}
    assert sorted(lists - asked_for()) == []


@pytest.mark.parametrize("lang", languages())
def test_every_trait_is_asked_for(lang: str) -> None:
    assert sorted(lexicon(lang).words["syntax.traits"] - strings()) == []
