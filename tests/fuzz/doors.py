"""What is true of a door whatever comes in, tried on bytes that atheris makes up."""

from __future__ import annotations

from collections.abc import Sequence

import atheris

from tests.fuzz.seeds import DOORS

with atheris.instrument_imports(
    include=["index.loaders", "index.quotations.transcripts", "trafilatura", "htmldate", "pysubs2", "striprtf"]
):
    from tests.anything import refuse_broken_promise, refuse_broken_transcript  # with all that they import: the readers


def fuzz(door: str, arguments: Sequence[str]) -> None:
    """Try bytes on a door (a suffix, or "text") until libFuzzer's ``arguments`` end it."""
    promise = refuse_broken_transcript if door == "transcript" else refuse_broken_promise
    atheris.Setup(list(arguments), lambda data: promise(data, f"a.{DOORS[door]}"))
    atheris.Fuzz()
