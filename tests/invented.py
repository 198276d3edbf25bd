"""What tests of several modules are made of: hostile text, an answer, a citation."""

from __future__ import annotations

from datetime import date

from assistant.models import Answer, Citation, Elsewhere, Quoted
from index.models import Listing, Statement

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


def citation(quote: str, **changes: object) -> Citation:
    values: dict[str, object] = {
        "number": 1, "article_id": "0f" * 8, "article": "fanal-3", "title": "Le port rouvre",
        "published": date(2025, 3, 1), "source": "Le Fanal", "start": 40, "end": 40 + len(quote),
        "quote": quote, "kind": "direct", "speaker": "Yolande Perchat",
    }  # fmt: skip
    return Citation(**(values | changes))  # type: ignore[arg-type]


def elsewhere(**changes: object) -> Elsewhere:
    values: dict[str, object] = {
        "article_id": "1f" * 8, "article": "echo-1", "title": "Le port", "published": date(2025, 3, 2),
        "source": "Le Fanal", "start": 7, "end": 10,
    }  # fmt: skip
    return Elsewhere(**(values | changes))  # type: ignore[arg-type]


def answer(*cited: Citation, lang: str = "fr", **changes: object) -> Answer:
    values: dict[str, object] = {
        "question": "Qui ?", "lang": lang, "abstained": False, "citations": cited,
        "paragraphs": tuple((Quoted(c.number),) for c in cited),
    }  # fmt: skip
    return Answer(**(values | changes))  # type: ignore[arg-type]


def listing(**changes: object) -> Listing:
    values: dict[str, object] = {
        "id": "0f" * 8, "key": "fanal-3", "title": "Le port rouvre", "lang": "fr", "published": date(2025, 3, 1),
        "source": "Le Fanal", "author": None, "url": None, "quotations": 2,
    }  # fmt: skip
    return Listing(**(values | changes))  # type: ignore[arg-type]


def statement(words: str = "Oui", **changes: object) -> Statement:
    values: dict[str, object] = {
        "article_id": "0f" * 8, "start": 40, "end": 40 + len(words), "kind": "direct", "speaker": "Yolande Perchat",
        "speaker_as_written": None, "cue": None, "via": None, "key": "fanal-3", "title": "Le port rouvre",
        "published": date(2025, 3, 1), "source": "Le Fanal", "lang": "fr", "url": None, "words": words,
    }  # fmt: skip
    return Statement(**(values | changes))  # type: ignore[arg-type]
