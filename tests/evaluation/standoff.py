"""Labels kept apart from the texts that they are about -> a labelled set.

    python -m tests.evaluation.standoff LABELS.jsonl OUT CORPUS.jsonl ...

Texts of others are not the project's to keep; where their words begin and end, and who spoke them, is. Each line of
``LABELS.jsonl`` is an article: ``id`` (in the corpus), ``text`` (SHA-256 of the text that was labelled, 16 digits),
``lang``, ``quotes`` (start, end, kind, speaker, speaker_as_written, cue) and ``others`` (start, end, why). ``OUT``
becomes a folder as ``labels.load_set`` reads it.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from index.models import content_id
from tests.evaluation.labels import rows


def assemble(labels: Path, out: Path, corpora: Iterable[Path]) -> int:
    """Write the labelled set; return how many articles it has.

    Raises:
        ValueError: a corpus lacks an article, or has another text of it.
    """
    texts = {row["id"]: list(_texts(row)) for corpus in corpora for row in rows(corpus)}
    (out / "articles").mkdir(parents=True, exist_ok=True)
    labelled = rows(labels)
    kept: dict[str, list[dict[str, Any]]] = {"articles": [], "quotes": [], "not_quotes": []}
    for row in labelled:
        text = _text(row, texts.get(row["id"], []))
        (out / "articles" / f"{row['id']}.txt").write_text(text, encoding="utf-8")
        kept["articles"].append({"id": row["id"], "lang": row["lang"]})
        kept["quotes"] += _placed(row["id"], row["quotes"], text, "quote")
        kept["not_quotes"] += _placed(row["id"], row["others"], text, "text")
    for name, lines in kept.items():
        written = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
        (out / f"{name}.jsonl").write_text(written, encoding="utf-8")
    return len(labelled)


def _texts(row: Mapping[str, Any]) -> Iterator[str]:
    """Yield the forms in which an article of a corpus may have been labelled: as it is, and under its headline."""
    yield row["text"]
    yield f"{row['title']}\n\n{row['text']}"


def _text(row: Mapping[str, Any], texts: Sequence[str]) -> str:
    found = next((text for text in texts if content_id(text) == row["text"]), None)
    if found is None:
        raise ValueError(f"{row['id']}: no corpus has the text that was labelled. Name the corpus it is from.")
    return found


def _placed(key: str, places: Iterable[Mapping[str, Any]], text: str, words: str) -> list[dict[str, Any]]:
    return [{"article": key, words: text[place["start"] : place["end"]], **place} for place in places]


def main(argv: Sequence[str]) -> int:
    """Assemble a set; return the exit status."""
    if len(argv) < len(("labels", "out", "corpus")):
        sys.stderr.write(__doc__ or "")
        return 1
    labels, out, *corpora = (Path(name) for name in argv)
    try:
        count = assemble(labels, out, corpora)
    except (OSError, ValueError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"{out}: {count} articles\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
