"""Hold every function below a cyclomatic complexity of 10, as radon counts it: ``python -m tests.complexity``.

Radon counts ``and`` and ``or``, which ruff's C901 does not. ``offenders.toml`` lists the functions of
``index/quotations`` that are above, each with its complexity: a function may leave the list or go down, none may join
it or go up, and what has gone down has to be written down.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from radon.complexity import cc_visit

CEILING = 10
ROOT = Path(__file__).resolve().parents[2]
OFFENDERS = Path(__file__).with_name("offenders.toml")
EXCUSED = "index/quotations/"


def above_ceiling() -> Iterator[tuple[str, str, int]]:
    """Yield each function above the ceiling: its file, its name within it, its complexity."""
    files = [ROOT / "app.py", *(ROOT / "assistant").rglob("*.py"), *(ROOT / "index").rglob("*.py")]
    for file in sorted(files):
        for block in cc_visit(file.read_text(encoding="utf-8")):
            name = ".".join(filter(None, (getattr(block, "classname", None), block.name)))
            if block.letter in "FM" and block.complexity > CEILING:
                yield file.relative_to(ROOT).as_posix(), name, block.complexity


def faults() -> Iterator[str]:
    """Yield, in one line each, what is above the ceiling and not excused, and what is excused more than it needs."""
    excused: dict[str, dict[str, int]] = tomllib.loads(OFFENDERS.read_text(encoding="utf-8"))
    found = {(file, name): complexity for file, name, complexity in above_ceiling()}
    for (file, name), complexity in found.items():
        allowed = excused.get(file, {}).get(name, CEILING) if file.startswith(EXCUSED) else CEILING
        if complexity > allowed:
            yield f"{file}: {name} has a complexity of {complexity}; {allowed} is allowed. Part it."
    for file, functions in excused.items():
        for name, allowed in functions.items():
            if (complexity := found.get((file, name), 0)) < allowed:
                now = complexity or f"at most {CEILING}, or is gone"
                yield f"{file}: {name} is listed with {allowed}, and is {now}. Lower it in offenders.toml."


def main() -> int:
    """Print the faults; return how the program ends."""
    told = list(faults())
    sys.stdout.write("".join(f"{line}\n" for line in told))
    return 1 if told else 0


if __name__ == "__main__":
    sys.exit(main())
