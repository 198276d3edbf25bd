"""What tests of several modules are made of: hostile text, an answer, a citation."""

from __future__ import annotations

from dataclasses import fields
from datetime import date

from assistant.models import Answer, Citation, Elsewhere, Quoted
from index.models import ArticleCard, Listing, Quotation, Statement

HOSTILE = [
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    "[lien](javascript:alert(1))",
    "![image](http://example.com/x.png)",
    "[ref][1] and [1]: http://example.com",
    "${1+1} `${1+1}` {{7*7}} {{#each x}}",
    "&amp; &lt;b&gt; &#60; &eacute;",
    "**gras** _souligné_ __x__ ~~barré~~ `code`",
    "$$x^2$$ \\(a\\) \\[b\\]",
    "# titre", "1. un", "- un", "> cité", "| a | b |", "---", "+ un", "2) deux",
    "première\n\nseconde\nligne\r\n  fin",
    "a \\* b \\_ c \\\\ d",
    "\x00\x07\x1b[31m\x7f\x85",
    "moitié \ud83d de caractère",
    "\u202eà l’envers",
    "<https://example.com> <a@b.example>",
    "*",
    "_",
    "a_b_c d_ _e",
]  # fmt: skip


def card(**changes: object) -> ArticleCard:
    values: dict[str, object] = {
        "id": "0f" * 8, "key": "fanal-3", "title": "Le port rouvre", "lang": "", "published": date(2025, 3, 1),
        "source": "Le Fanal",
    }  # fmt: skip
    return ArticleCard(**(values | changes))  # type: ignore[arg-type]


def quotation(words: str, **changes: object) -> Quotation:
    values: dict[str, object] = {
        "article_id": "0f" * 8, "start": 40, "end": 40 + len(words), "kind": "direct", "speaker": "Yolande Perchat",
    }  # fmt: skip
    return Quotation(**(values | changes))  # type: ignore[arg-type]


def citation(quote: str, **changes: object) -> Citation:
    """A citation; ``changes`` are of it, of its quotation or of its article; of the kind "passage" it quotes nobody."""
    own = {"number": 1, "start": 40, "end": 40 + len(quote)} | _taken(Citation, changes)
    said = None if changes.get("kind") == "passage" else quotation(quote, **_taken(Quotation, changes))
    return Citation(article=card(**_taken(ArticleCard, changes)), quote=quote, quotation=said, **own)  # type: ignore[arg-type]


def elsewhere(**changes: object) -> Elsewhere:
    values = {"id": "1f" * 8, "key": "echo-1", "title": "Le port", "published": date(2025, 3, 2)}
    place = {"start": 7, "end": 10} | _taken(Elsewhere, changes)
    return Elsewhere(card(**(values | _taken(ArticleCard, changes))), **place)  # type: ignore[arg-type]


def answer(*cited: Citation, lang: str = "fr", **changes: object) -> Answer:
    values: dict[str, object] = {
        "question": "Qui ?", "lang": lang, "abstained": False, "citations": cited,
        "paragraphs": tuple((Quoted(c.number),) for c in cited),
    }  # fmt: skip
    return Answer(**(values | changes))  # type: ignore[arg-type]


def listing(**changes: object) -> Listing:
    own = {"quotations": 2} | _taken(Listing, changes)
    return Listing(card(**({"lang": "fr"} | _taken(ArticleCard, changes))), **own)  # type: ignore[arg-type]


def statement(words: str = "Oui", **changes: object) -> Statement:
    article = card(**({"lang": "fr"} | _taken(ArticleCard, changes)))
    return Statement(article, quotation(words, **_taken(Quotation, changes)), words)


def _taken(kind: type, changes: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in changes.items() if name in {field.name for field in fields(kind)}}
