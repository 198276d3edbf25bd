"""``dixit search`` over a catalog, as it prints."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from assistant.cli import dixit
from tests.page.browser import ARTICLES
from tests.page.stand_in import StandIn


@pytest.fixture
def data(tmp_path: Path) -> Path:
    StandIn(tmp_path, ARTICLES).catalog.close()
    return tmp_path


def search(data: Path, *arguments: object) -> Result:
    return CliRunner().invoke(dixit, ["--data", str(data), "search", *map(str, arguments)])


def rows(result: Result) -> Sequence[dict[str, object]]:
    return [json.loads(line) for line in result.output.splitlines()]


def test_what_is_found_is_printed_with_its_sentences(data: Path) -> None:
    told = search(data, '"a crane is not a quay"')
    assert told.exit_code == 0
    count, title, sentence = filter(None, told.output.splitlines())
    assert count == "1 article, 1 place"
    assert title == "**Sargune harbour works start amid doubts**, The Lantern, 2 April 2025 (lantern-2025-04-02)"
    assert sentence.startswith("- “**A crane is not a quay**,”")


def test_json_tells_every_place(data: Path) -> None:
    (found,) = rows(search(data, "crane", "--all", "--json"))
    text = (ARTICLES / "lantern-2025-04-02.txt").read_text(encoding="utf-8")
    places = [place for excerpt in found["excerpts"] for place in excerpt["places"]]  # type: ignore[attr-defined]
    assert len(places) == found["hits"] == text.lower().count("crane") - text.lower().count("cranes")
    assert all(text[place["start"] : place["end"]] == place["quote"] for place in places)
    assert found["further"] == []
    assert (found["article"], found["source"]) == ("lantern-2025-04-02", "The Lantern")


def test_a_limit_leaves_articles_out_and_says_so(data: Path) -> None:
    assert search(data, "harbour OR port", "--limit", "1").output.rstrip().endswith("1 more article")
    assert len(rows(search(data, "harbour OR port", "--limit", "1", "--json"))) == 1
    assert len(rows(search(data, "harbour OR port", "--all", "--json"))) == 2


def test_a_list_is_counted_as_lines_rows_and_table(data: Path, tmp_path: Path) -> None:
    listed = tmp_path / "list.csv"
    listed.write_bytes("nom;rôle\nDorothy Quill;x\nAuguste Mérelle;y\n=crane;z\n“;w\n".encode("cp1252"))
    told = search(data, "--list", listed)
    assert told.exit_code == 0
    assert told.output.splitlines()[0] == "Dorothy Quill  1  1  lantern-2025-04-02"
    assert [row["line"] for row in rows(search(data, "--list", listed, "--json"))] == [
        "Dorothy Quill", "Auguste Mérelle", "=crane", "“",
    ]  # fmt: skip
    table = list(csv.reader(io.StringIO(search(data, "--list", listed, "--csv").output.removeprefix("\ufeff"))))
    assert table[0][:3] == ["Looked for", "Articles", "Places"]
    assert {len(row) for row in table} == {13}
    assert table[1][:3] == ["Dorothy Quill", "1", "1"]
    assert table[1][4].count("Dorothy Quill") == 1
    assert table[1][5].startswith("/#dixit-")
    assert table[3][0] == "'=crane"  # no formula
    assert "not closed" in table[4][-1]


def test_a_list_is_read_from_standard_input(data: Path) -> None:
    told = CliRunner().invoke(dixit, ["--data", str(data), "search", "--list", "-", "--json"], input="Dorothy Quill\n")
    assert [(row["line"], row["articles"]) for row in rows(told)] == [("Dorothy Quill", 1)]


def test_words_of_a_line_are_looked_for_apart(data: Path, tmp_path: Path) -> None:
    listed = tmp_path / "list.txt"
    listed.write_text("Quill, Dorothy\n", encoding="utf-8")
    assert rows(search(data, "--list", listed, "--json"))[0]["articles"] == 0
    assert rows(search(data, "--list", listed, "--words", "--json"))[0]["articles"] == 1


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        ([], 2, "Give either a QUERY or --list FILE."),
        (["a", "--list", __file__], 2, "Give either a QUERY or --list FILE."),
        (["a", "--csv"], 2, "--csv prints the table of a --list"),
        (["--list", __file__, "--csv", "--json"], 2, "--csv prints the table of a --list"),
        (["--list", "nowhere.txt"], 2, "does not exist"),
        (["a AND"], 1, ""),
    ],
)
def test_what_cannot_be_is_refused(data: Path, arguments: list[str], status: int, told: str) -> None:
    result = search(data, *arguments)
    assert result.exit_code == status
    assert told in result.output
