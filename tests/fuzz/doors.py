"""What is true of a door whatever comes in, tried on bytes that atheris makes up."""

from __future__ import annotations

from collections.abc import Sequence

import atheris

with atheris.instrument_imports(include=["index.loaders", "trafilatura", "htmldate", "pysubs2"]):
    from index.loaders import dispatch, feed, html, json_array, jsonl, mbox, plain_text, rtf, subtitles, table, workbook  # noqa: F401 - watched while they are imported  # noqa: F401
    from tests.anything import refuse_broken_promise


def fuzz(door: str, arguments: Sequence[str]) -> None:
    """Try bytes on a door (a suffix, or "text") until libFuzzer's ``arguments`` end it."""
    atheris.Setup(list(arguments), lambda data: refuse_broken_promise(data, f"a.{door.replace('text', 'txt')}"))
    atheris.Fuzz()
