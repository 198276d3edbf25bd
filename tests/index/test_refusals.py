"""What is refused in the code, and the words for it, are of the same kinds with the same values."""

from __future__ import annotations

import ast
import copy
import pickle
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.errors import SourceRefused
from index.languages.data_files import table
from index.loaders import web
from index.reason import Reason, holes

ROOT = Path(__file__).parents[2]
REFUSING = {"SourceRefused", "QueryRefused", *(kind.__name__ for kind in SourceRefused.__subclasses__())}
KIND_IS_A_VALUE = {
    ("index/errors.py", "Reason(kind, values)"),
    ("index/loaders/sandbox/frames.py", "Reason(kind, {"),
    ("index/loaders/sandbox/frames.py", "SourceRefused(reason.kind, **reason.values)"),
    ("index/loaders/web.py", "SourceRefused(_CLOSED.get(status, 'not_given'), status=status)"),
}
"""Where the kind is not written in the call, and how that begins: it is another's, or checked, or of a table."""


def calls() -> Iterator[tuple[str, ast.Call]]:
    """Every call that makes a reason, and the file that it stands in."""
    for path in sorted([*(ROOT / "index").rglob("*.py"), *(ROOT / "assistant").rglob("*.py")]):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {*REFUSING, "Reason"} and node.args:
                yield path.relative_to(ROOT).as_posix(), node


def kind_of(call: ast.Call) -> str | None:
    kind = call.args[0]
    return str(kind.value) if isinstance(kind, ast.Constant) else None


def values_of(call: ast.Call) -> set[str | None]:
    """The names of the values that a call gives: those of a dictionary, or its keywords."""
    given = [ast.literal_eval(name) for one in call.args[1:] if isinstance(one, ast.Dict) for name in one.keys if name]
    return {*given, *(keyword.arg for keyword in call.keywords)}


CALLS = [(kind, call, file) for file, call in calls() if (kind := kind_of(call))]


@pytest.mark.parametrize(
    ("kind", "call"),
    [(kind, call) for kind, call, _ in CALLS],
    ids=[f"{file}:{call.lineno}" for _, call, file in CALLS],
)
def test_what_is_refused_has_words_with_its_values(kind: str, call: ast.Call) -> None:
    needed = holes(kind)
    assert needed is not None, f"index/languages/*/refusals.toml have no {kind!r}"
    assert values_of(call) == set(needed)


def test_a_kind_is_written_where_something_is_refused() -> None:
    others = [(file, ast.unparse(call)) for file, call in calls() if not kind_of(call)]
    assert len(others) == len(KIND_IS_A_VALUE)
    assert all(any(file == at and told.startswith(begin) for at, begin in KIND_IS_A_VALUE) for file, told in others)


@pytest.mark.parametrize("kind", [*web._CLOSED.values(), "not_given"])
def test_what_a_machine_answers_has_words(kind: str) -> None:
    assert holes(kind) == {"status": False}


def test_all_words_are_said() -> None:
    said = {kind for kind, _, _ in CALLS} | set(web._CLOSED.values()) | {"not_given"}
    assert sorted(set(table("en", "refusals")) - said) == []


@pytest.mark.parametrize(
    "refused", [SourceRefused("empty"), SourceRefused("too_long", most=9), web._Passing("no_answer")]
)
def test_a_refusal_is_copied_as_it_is(refused: SourceRefused) -> None:
    for again in (pickle.loads(pickle.dumps(refused)), copy.copy(refused)):
        assert type(again) is type(refused)
        assert again.reason == refused.reason
        assert str(again) == str(refused) == refused.reason.told("en")


def test_a_refusal_names_its_values() -> None:
    assert SourceRefused("not_an_article", media_type="image/png").reason == Reason(
        "not_an_article", {"media_type": "image/png"}
    )
