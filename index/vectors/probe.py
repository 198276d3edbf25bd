"""A Chroma folder -> what it holds, or why it cannot be used: opened in a process of its own.

A damaged folder can end the process that opens it (a fault in Chroma's compiled part), so it is never tried here.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from index.vectors.chroma import DATABASE, SAVING, Row, open_collection, rows_of

SECONDS = 300


def tried_out(path: Path) -> tuple[list[Row], str | None]:
    """Return what a folder holds and, when it cannot be used, why."""
    if not (path / DATABASE).is_file() or not (path / DATABASE).stat().st_size:
        return [], f"{DATABASE} is gone"  # Chroma would make a new one, empty
    if (path / SAVING).exists():
        return [], "a process was stopped while it saved the index"
    command = [sys.executable, "-m", "index.vectors.probe", str(path)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return [], f"it does not open within {SECONDS} seconds"
    if done.returncode:
        return [], (done.stderr.strip().splitlines() or [f"opening it ends with status {done.returncode}"])[-1]
    return [Row(*row) for row in json.loads(done.stdout)], None


def _try_out(path: Path) -> None:
    """Open, count, read and query a folder, and write its rows as JSON."""
    _, collection = open_collection(path)
    count = collection.count()
    if count:
        row = collection.get(limit=1, include=["embeddings"])
        collection.query(query_embeddings=row["embeddings"], n_results=min(count, 100))
    sys.stdout.write(json.dumps(rows_of(collection)))


if __name__ == "__main__":
    _try_out(Path(sys.argv[1]))
