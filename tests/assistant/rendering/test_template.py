"""What the templates rest on: every value is escaped without their asking, and nothing in them goes around it."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment, UndefinedError, nodes

from assistant.rendering import template
from assistant.rendering.escaping import for_chat, for_html
from tests.invented import HOSTILE

ASSISTANT = Path(template.__file__).parents[1]
TEMPLATES = sorted(ASSISTANT.glob("**/templates/*.html"))
FILTERS = {"format", "length", "min", "in_address"}
"""Those that return no markup and take none apart; the last leaves letters, figures and "%"."""


def rendered(escape: Callable[[str], str], source: str, **values: object) -> str:
    return template._environment(escape).from_string(source).render(values)


@pytest.mark.parametrize("escape", [for_html, for_chat])
@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_template_prints_is_escaped_once(escape: Callable[[str], str], text: str) -> None:
    shown = rendered(escape, "{% macro bold(one) %}<b>{{ one }}</b>{% endmacro %}{{ text }}{{ bold(text) }}", text=text)
    assert shown == f"{escape(text)}<b>{escape(text)}</b>"


@given(st.text())
def test_line_breaks_of_a_template_go_and_those_of_a_text_stay(text: str) -> None:
    source = "<p>\n  {# a\n   note #}\n  {% if\n text %}\n    {{ text }} <i>\n  {% endif %}\n</p>\n"
    assert rendered(for_html, source, text=text or "a") == f"<p>{for_html(text or 'a')} <i></p>"


def test_an_error_tells_its_line() -> None:
    with pytest.raises(UndefinedError, match="'missing' is undefined") as raised:
        rendered(for_html, "<p>\n\n{{ missing }}\n</p>")
    assert [entry.lineno for entry in raised.traceback if entry.path and "<template>" in str(entry.path)] == [2]


def test_nothing_is_not_printed() -> None:
    with pytest.raises(TypeError, match="None would be printed"):
        rendered(for_html, "{{ text }}", text=None)


def around_escaping(source: str) -> list[nodes.Node]:
    """What in a template could print text unescaped, or, in a chat message, escaped for HTML alone.

    The latter happens to text that is joined to markup: so what a macro returns is printed, and nothing else.
    """
    read = Environment().parse(source)
    printed = [node for output in read.find_all(nodes.Output) for node in output.nodes]
    macros = [call for call in read.find_all(nodes.Call) if isinstance(call.node, nodes.Name)]
    return [
        *read.find_all((nodes.Concat, nodes.EvalContextModifier, nodes.FilterBlock, nodes.AssignBlock)),
        *(found for found in read.find_all(nodes.Filter) if found.name not in FILTERS),
        *(call for call in macros if not any(call is node for node in printed)),
    ]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_a_template_leaves_escaping_alone(path: Path) -> None:
    assert not around_escaping(path.read_text("utf-8"))


@pytest.mark.parametrize(
    "source",
    [
        "{{ text|safe }}", "{{ text ~ other }}", "{{ place(text) + other }}", "{% set one = place(text) %}{{ one }}",
        "{% set one %}{{ text }}{% endset %}{{ one }}", "{% autoescape false %}{{ text }}{% endautoescape %}",
        "{% filter upper %}{{ text }}{% endfilter %}",
    ],
)  # fmt: skip
def test_what_goes_around_escaping_is_found(source: str) -> None:
    assert around_escaping(source)


def test_no_module_writes_html() -> None:
    """But for the page's own style and script, which hold nothing foreign."""
    tag = re.compile(r"</\w+>|<\w+ \w+=")
    found = {
        path.name
        for path in ASSISTANT.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and tag.search(node.value)
    }
    assert found == {"launch.py"}
