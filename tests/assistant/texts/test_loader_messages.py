"""What the loaders say is told in the reader's language: each reason that they can give."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.texts.loader_messages import translated
from index.loaders import encoding, web

LOADERS = sorted((Path(__file__).parents[3] / "index" / "loaders").glob("*.py"))
CONSTANTS = {
    "_SAVE_AS": encoding._SAVE_AS,
    "_READ": ".txt or .md",
    "told": "text/css",
    "kind": ".x files are",
    "why": "the page is gone",
}
TOLD_APART = [
    *(f"{why} (404). Check the address." for why in web._CLOSED.values()),
    "reading it takes more than 2 GB of memory. Split it, or give its text.",
    "it is a damaged PDF document, or none (KeyError while reading it). Save it anew, or give its text.",
    "a file without a suffix is not read. Use .txt, .md or .pdf.",
    "it redirects elsewhere: 127.0.0.1 is not a public machine: pages of this network are not fetched. Give a file.",
    "its text: there are no words in it. Give a file with an article in it.",
    "its machine does not prove that it is the one named (self-signed). Check the address.",
]


def refusals() -> Iterator[str]:
    """Every sentence that the loaders raise or refuse with, something in the place of what is filled in."""
    for path in LOADERS:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("SourceRefused", "_Passing", "Refusal"):
                said = written(node.args[-1]) if node.args else ""
                if " " in said:
                    yield said


def written(node: ast.expr) -> str:
    if isinstance(node, ast.Constant):
        return str(node.value)
    if not isinstance(node, ast.JoinedStr):
        return ""
    filled = [
        str(part.value)
        if isinstance(part, ast.Constant)
        else CONSTANTS.get(ast.unparse(part).strip("{}f'"), "it is empty")
        for part in node.values
    ]
    return "".join(filled)


@pytest.mark.parametrize("told", sorted({*refusals(), *TOLD_APART}))
def test_every_reason_is_told_in_french(told: str) -> None:
    assert translated(told, "en") == told
    french = translated(told, "fr")
    assert french != told


def test_the_reasons_are_found() -> None:
    assert len(set(refusals())) > 60


@pytest.mark.parametrize(
    ("told", "french"),
    [
        ("it is empty. Give a file with an article in it.", "il est vide. Donnez un fichier qui contient un article."),
        (
            "10.0.0.1 is not a public machine: pages of this network are not fetched. Save the page, and add the file.",
            "10.0.0.1 n’est pas une machine publique\u00a0: les pages de ce réseau ne sont pas lues. "
            "Enregistrez la page, et ajoutez le fichier.",
        ),
        ("its text: it is empty. Split it.", "son texte\u00a0: il est vide. Découpez-le."),
        ("il est vide.", "il est vide."),
        ("it is empty. Whatever else.", "it is empty. Whatever else."),
        ("", ""),
        ("text in Windows-1252", "texte en Windows-1252"),
        ("PDF", "PDF"),
    ],
)
def test_a_reason_is_told_whole_or_as_it_is(told: str, french: str) -> None:
    assert translated(told, "fr") == french
