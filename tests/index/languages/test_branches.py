"""What holds for one language stands in its folder: code outside ``index/languages`` does not ask which language it is."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.languages.tables import languages

ROOT = Path(__file__).parents[3]
LANGUAGES = ROOT / "index" / "languages"
ASKING = {
    "assistant/question/followup.py": 1,
    "index/quotations/attribution.py": 6,
    "index/quotations/bodies.py": 1,
    "index/quotations/cast.py": 5,
    "index/quotations/clauses.py": 9,
    "index/quotations/entrances.py": 1,
    "index/quotations/floating.py": 1,
    "index/quotations/holders.py": 2,
    "index/quotations/incises.py": 4,
    "index/quotations/introductions.py": 2,
    "index/quotations/marks.py": 2,
    "index/quotations/names.py": 3,
    "index/quotations/phrases.py": 9,
    "index/quotations/prepositions.py": 4,
    "index/quotations/reported.py": 3,
    "index/quotations/roles.py": 8,
    "index/quotations/scare.py": 3,
    "index/quotations/signs.py": 1,
    "index/quotations/sources.py": 6,
    "index/quotations/speakers.py": 5,
    "index/quotations/stage.py": 3,
    "index/quotations/story.py": 3,
    "index/quotations/subjects.py": 5,
    "index/quotations/verbs.py": 7,
    "index/terms.py": 1,
}
"""Comparisons with a language's code that are left, by module. Lower a number when you take one away; none may rise."""


def modules() -> Iterator[Path]:
    yield ROOT / "app.py"
    for folder in ("assistant", "index"):
        yield from (path for path in (ROOT / folder).rglob("*.py") if not path.is_relative_to(LANGUAGES))


def asks_which_language(node: ast.AST) -> bool:
    """Tell whether code compares a language with a code: ``lang == "fr"``, ``x.lang in ("fr", "en")``."""
    if not isinstance(node, ast.Compare):
        return False
    sides = [node.left, *node.comparators]
    named = any(isinstance(side, ast.Name | ast.Attribute) and ast.unparse(side).endswith("lang") for side in sides)
    written = [leaf.value for side in sides for leaf in ast.walk(side) if isinstance(leaf, ast.Constant)]
    return named and any(word in languages() for word in written)


def asking(path: Path) -> int:
    return sum(asks_which_language(node) for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


def test_no_module_asks_for_a_language_but_those_that_are_listed() -> None:
    found = {str(path.relative_to(ROOT)): count for path in modules() if (count := asking(path))}
    assert found == ASKING, "more: put what holds for one language into its folder; fewer: lower the number here"


@pytest.mark.parametrize(
    ("code", "asks"),
    [
        ('lang == "fr"', True),
        ('"en" != self.lex.lang', True),
        ('x.lang in ("fr", "en")', True),
        ("x.lang == y.lang", False),
        ('word == "en"', False),
        ('x.lang == "*"', False),
    ],
)
def test_what_counts(code: str, asks: bool) -> None:
    assert asks_which_language(ast.parse(code, mode="eval").body) is asks
