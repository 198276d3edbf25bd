"""Feed a door with bytes that are made up: ``python -m tests.fuzz text --minutes 10``.

Atheris makes them up, which looks for new ways through the code; it is no dependency: without it, seeds are changed at
random. What breaks a door is written to the current folder as ``crash-…``; once mended, it belongs among the seeds in
``tests/data/seeds``, which the ordinary tests try.
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
from pathlib import Path

from tests.fuzz.seeds import DOORS, SEEDS  # and no more: atheris must see the readers being imported


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("door", choices=DOORS)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--corpus", type=Path, help="a folder that keeps what is found (default: none)")
    asked = parser.parse_args()
    if importlib.util.find_spec("atheris") is None:
        from tests.fuzz import mutation

        tried = mutation.fuzz(asked.door, asked.minutes * 60)
        sys.exit(f"{tried:,} inputs, none of them failing (seeds changed at random; atheris is not installed).")
    from tests.fuzz.doors import fuzz

    folders = [str(folder) for folder in (asked.corpus, SEEDS / asked.door) if folder and folder.is_dir()]
    limits = [
        f"-max_total_time={asked.minutes * 60:.0f}",
        "-max_len=8192",
        "-len_control=0",
        "-timeout=20",
        "-rss_limit_mb=3000",
    ]
    fuzz(asked.door, [sys.argv[0], *limits, *folders])


if __name__ == "__main__":
    main()
