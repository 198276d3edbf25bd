"""What holds for one language stands in its folder: code elsewhere does not ask which language it is."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.languages.data_files import languages

ROOT = Path(__file__).parents[3]
LANGUAGES = ROOT / "index" / "languages"
ASKING = {
    "assistant/question/references.py": 1,
    "assistant/texts/catalogue.py": 1,
    "index/text/marks.py": 2,
}
"""Comparisons with a language's code, and tables and lists by code, that are left, by module.

Lower a number when you take one away; none may rise."""


def modules() -> Iterator[Path]:
    yield ROOT / "app.py"
    for folder in ("assistant", "index"):
        yield from (path for path in (ROOT / folder).rglob("*.py") if not path.is_relative_to(LANGUAGES))


def asks_which_language(node: ast.AST) -> bool:
    """Tell whether code compares a language with a code, or keeps a table or a list by code.

    ``lang == "fr"``, ``x.lang in ("fr", "en")``, ``{"fr": ..., "en": ...}``, ``for lang in ("fr", "en")``.
    """
    if isinstance(node, ast.Compare):
        sides = [node.left, *node.comparators]
        named = any(isinstance(side, ast.Name | ast.Attribute) and ast.unparse(side).endswith("lang") for side in sides)
        return named and any(is_code(leaf) for side in sides for leaf in ast.walk(side))
    if isinstance(node, ast.Dict):
        return any(is_code(key) for key in node.keys)
    return isinstance(node, ast.Tuple | ast.List | ast.Set) and len(node.elts) > 1 and all(map(is_code, node.elts))


def is_code(node: ast.AST | None) -> bool:
    return isinstance(node, ast.Constant) and node.value in languages()


def asking(path: Path) -> int:
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    compared = {id(leaf) for node in nodes if isinstance(node, ast.Compare) for leaf in ast.walk(node)} - {
        id(node) for node in nodes if isinstance(node, ast.Compare)
    }
    return sum(asks_which_language(node) for node in nodes if id(node) not in compared)


def test_no_module_asks_for_a_language_but_those_that_are_listed() -> None:
    found = {str(path.relative_to(ROOT)): count for path in modules() if (count := asking(path))}
    assert found == ASKING, "more: put what holds for one language into its folder; fewer: lower the number here"


@pytest.mark.parametrize(
    ("code", "asks"),
    [
        ('lang == "fr"', True),
        ('"en" != self.lex.lang', True),
        ('x.lang in ("fr", "en")', True),
        ('{"fr": 1, "en": 2}', True),
        ('[lang for lang in ("fr", "en")]', True),
        ('("en", "au")', False),
        ("x.lang == y.lang", False),
        ('word == "en"', False),
        ('x.lang == "*"', False),
    ],
)
def test_what_counts(code: str, asks: bool) -> None:
    assert any(asks_which_language(node) for node in ast.walk(ast.parse(code))) is asks
