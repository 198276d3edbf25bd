"""Figures -> their places in ``docs/evaluation.md``, each between two comments of its own."""

from __future__ import annotations

import re
import subprocess
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCUMENT = ROOT / "docs" / "evaluation.md"


def placed(document: str, part: str, name: str, figures: str, stamp: str) -> str:
    """Return a document with a set's figures in the place of its earlier ones, or behind those of the other sets.

    Args:
        document: Markdown that holds ``<!-- end PART -->``.
        part: "quotations" or "answers".
        name: the set's.
        figures: Markdown.
        stamp: when and on what they were measured.

    Raises:
        ValueError: the document has no place for that part.
    """
    block = f"<!-- {part} {name} -->\n### {name}\n\n{figures}\n\n{stamp}\n<!-- end {part} {name} -->"
    earlier = re.compile(re.escape(f"<!-- {part} {name} -->") + ".*?" + re.escape(f"<!-- end {part} {name} -->"), re.S)
    if earlier.search(document):
        return earlier.sub(lambda _: block, document)
    end = f"<!-- end {part} -->"
    if end not in document:
        raise ValueError(f"The document has no {end}: put one where the figures belong.")
    return document.replace(end, f"{block}\n\n{end}")


def stamp() -> str:
    """Return today's date and the commit that is measured, with a word on changes that are not committed."""
    commit = _git("rev-parse", "--short", "HEAD") or "unknown"
    changed = _git("status", "--porcelain", "--untracked-files=no", "--", ".", ":!docs")
    return f"*{datetime.now(UTC).date()}, commit {commit}{' with changes' if changed else ''}*"


def _git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.strip()
