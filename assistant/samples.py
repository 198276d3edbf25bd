"""The sample articles that come with Dixit, and questions to begin with."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any

from index.models import Article, content_id

_FOLDER = resources.files("assistant") / "samples"


def sample_articles() -> list[Article]:
    """Return the sample articles, as they would be read from their files, with outlet, author and date."""
    return [_article(entry) for entry in _sheet()["article"]]


def sample_questions(lang: str) -> list[str]:
    """Return questions that the sample articles answer."""
    return list(_sheet()["questions"].get(lang, []))


def _article(entry: dict[str, Any]) -> Article:
    text = (_FOLDER / entry["file"]).read_text(encoding="utf-8")
    facts = {name: entry[name] for name in ("title", "lang", "published", "source", "author")}
    return Article(id=content_id(text), key=entry["file"].removesuffix(".txt"), text=text, **facts)


@cache
def _sheet() -> dict[str, Any]:
    return tomllib.loads((_FOLDER / "samples.toml").read_text(encoding="utf-8"))
