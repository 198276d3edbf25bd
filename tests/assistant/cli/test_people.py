"""``dixit people`` as it is typed: everybody who is named, quoted or not."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

from tests.assistant.cli.command import Dixit

STORY = (
    "Le marché rouvre\n\n« Nous rouvrirons lundi », a déclaré le maire, Paul Adam. "
    "Devant lui, Élodie Besson n’a pas souhaité répondre. Paul Adam a quitté la salle."
)


def test_everybody_who_is_named_is_listed_with_counts_and_places(
    dixit: Dixit,
    write: Callable[[str, str], Path],
) -> None:
    dixit("add", str(write("story.txt", STORY)))
    rows = [json.loads(line) for line in dixit("people", "--kind", "person", "--json").stdout.splitlines()]
    assert [(row["name"], row["quotations"]) for row in rows] == [("Paul Adam", 1), ("Élodie Besson", 0)]
    assert "maire" in rows[0]["roles"]
    (found,) = [json.loads(line) for line in dixit("people", "ELODIE", "--json").stdout.splitlines()]
    assert found == rows[1]
    (place,) = [json.loads(line) for line in dixit("people", "elodie", "--places", "--json").stdout.splitlines()]
    assert (place["person"], place["article"]) == (found["id"], "story")
    assert STORY[place["start"] : place["end"]] == place["words"] == "Élodie Besson"
    assert "Élodie Besson" in dixit("people", "elodie").stdout
    assert "story" in dixit("people", "elodie", "--places").stdout


def test_a_table_for_a_spreadsheet_has_a_heading_and_a_row_each(
    dixit: Dixit,
    write: Callable[[str, str], Path],
) -> None:
    dixit("add", str(write("story.txt", STORY)))
    heading, *rows = csv.reader(dixit("people", "--kind", "person", "--order", "name", "--csv").stdout.splitlines())
    assert heading == ["id", "name", "kind", "articles", "mentions", "quotations", "roles"]
    assert [(row[1], row[5]) for row in rows] == [("Élodie Besson", "0"), ("Paul Adam", "1")]
    heading, *rows = csv.reader(dixit("people", "paul", "--places", "--csv").stdout.splitlines())
    assert heading[:4] == ["person", "name", "words", "article"]
    assert {row[1] for row in rows} == {"Paul Adam"}
    refused = dixit("people", "--csv", "--json")
    assert (refused.returncode, "Give one of them" in refused.stderr) == (2, True)
