"""Hostile documents through the real store: each is settled by a line, and the article among them is found."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from assistant.workspace import Workspace
from tests.documents import archive, pdf, word

GOOD = "« Nous allons rouvrir la piscine », a déclaré la maire Ana Roux mardi."

TAKEN = {
    "marks": '" ' * 600 + "mot",
    "guillemets": "« " * 600 + "mot",
    "nested": "“ « " * 150 + "mot" + " » ”" * 150,
    "unspaced": "a" * 15_000,
    "endless": "la maire a dit que le maire, " * 300,
    "verbs": "Il dit " + "dit " * 800,
    "turned": "\u202eLa maire a dit « oui » \u2066hier\u2069. " * 50,
}
"""What is text, however odd: it is taken, and its quotations are looked for, in bounded time."""


def test_bad_documents_are_settled_and_the_rest_of_the_batch_goes_on(
    workspace: Workspace, write: Callable[[str, str], Path], tmp_path: Path
) -> None:
    for name, text in TAKEN.items():
        write(f"in/{name}.txt", text)
    bad = {
        "broken.docx": word(["Un."])[:-400],
        "picture.pdf": pdf([[]], picture=True),
        "empty.txt": b"",
        "nul.txt": b"a\0b",
    }
    bad |= {"out.zip": archive({"../x.txt": b"Un."}), "scripts.html": b"<script>alert(1)</script>"}
    for name, data in bad.items():
        (tmp_path / "in" / name).write_bytes(data)
    write("in/zz.txt", GOOD)
    results = list(workspace.add([tmp_path / "in"]))
    refused = [result for result in results if result.outcome == "refused"]
    assert [Path(result.source).name.replace("x.txt", "out.zip") for result in refused] == sorted(bad)
    assert all(result.reason and "\n" not in result.reason for result in refused)
    added = {Path(result.source).stem for result in results if result.outcome == "added"}
    assert added == {*TAKEN, "zz"}
    answer = workspace.answer("Que dit Ana Roux de la piscine ?", [])
    assert not answer.abstained
