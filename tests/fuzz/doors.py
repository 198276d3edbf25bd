"""What is true of a door whatever comes in, tried on bytes that atheris makes up."""

from __future__ import annotations

from collections.abc import Sequence

import atheris

with atheris.instrument_imports(
    include=["index.loaders", "index.quotations.transcripts", "trafilatura", "htmldate", "pysubs2"]
):
    from index.loaders import dispatch, feed, html, json_array, jsonl, mbox, plain_text, rtf, subtitles, table, workbook  # noqa: F401 - watched while they are imported  # noqa: F401
    from index.quotations.transcripts import reader  # noqa: F401 - watched, too
    from tests.anything import refuse_broken_promise, refuse_broken_transcript
    from tests.fuzz.mutation import DOORS


def fuzz(door: str, arguments: Sequence[str]) -> None:
    """Try bytes on a door (a suffix, or "text") until libFuzzer's ``arguments`` end it."""
    promise = refuse_broken_transcript if door == "transcript" else refuse_broken_promise
    atheris.Setup(list(arguments), lambda data: promise(data, f"a.{DOORS[door]}"))
    atheris.Fuzz()
