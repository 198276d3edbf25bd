"""What is true of a door whatever comes in, tried on bytes that atheris makes up."""

from __future__ import annotations

from collections.abc import Sequence

import atheris

with atheris.instrument_imports(include=["index.loaders", "trafilatura", "htmldate", "pysubs2"]):
    from index.loaders import dispatch, html, jsonl, subtitles, text  # noqa: F401 - watched while they are imported
    from tests.anything import refuse_broken_promise


def fuzz(door: str, arguments: Sequence[str]) -> None:
    """Try bytes on a door ("text", "html", "jsonl", "srt", "vtt") until libFuzzer's ``arguments`` end it."""
    atheris.Setup(list(arguments), lambda data: refuse_broken_promise(data, f"a.{door.replace('text', 'txt')}"))
    atheris.Fuzz()
