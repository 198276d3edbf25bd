"""``dixit correct`` as it is typed, and what is told afterwards."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from tests.assistant.cli.command import Dixit

STORY = (
    "Le marché rouvre\n\n« Nous rouvrirons lundi », a déclaré Claire Besson. "
    "Le maire, Paul Adam, a répondu : « Il faudra attendre encore. »"
)


def test_what_was_corrected_is_what_is_answered_until_it_is_undone(
    dixit: Dixit,
    write: Callable[[str, str], Path],
) -> None:
    def cited(question: str) -> list[tuple[str, str, bool | None, str | None]]:
        told = json.loads(dixit("ask", question, "--json").stdout)
        return [(each["speaker"], each["quote"], each["corrected"], each["read_as"]) for each in told["citations"]]

    dixit("add", str(write("story.txt", STORY)))
    first = "Nous rouvrirons lundi"
    assert cited("Que dit Claire Besson ?") == [("Claire Besson", first, None, None)]
    done = dixit("correct", "speaker", "story", "rouvrirons lundi", "Odile Mercier")
    assert (done.returncode, "dixit correct undo 1" in done.stdout) == (0, True)
    assert cited("Que dit Odile Mercier ?") == [("Odile Mercier", first, True, "Claire Besson")]
    assert cited("Que dit Claire Besson ?") == []
    assert cited("Qui a dit « Nous rouvrirons lundi » ?")[0][0] == "Odile Mercier"

    dixit("correct", "merge", "Odile Mercier", "Solène Kerbrat")
    assert cited("Que dit Odile Mercier ?") == [("Solène Kerbrat", first, True, "Claire Besson")]
    (row, renamed) = map(json.loads, dixit("correct", "list", "--json").stdout.splitlines())
    assert (row["kind"], row["words"], row["value"]) == ("speaker", first, "Odile Mercier")
    assert (renamed["kind"], renamed["article_id"], renamed["name"]) == ("rename", None, "Odile Mercier")

    assert dixit("check").returncode == 0
    assert [dixit("correct", "undo", number).returncode for number in ("2", "1", "1")] == [0, 0, 1]
    assert cited("Que dit Claire Besson ?") == [("Claire Besson", first, None, None)]


def test_every_command_says_what_it_did_and_a_wrong_one_what_to_do(
    dixit: Dixit,
    write: Callable[[str, str], Path],
    tmp_path: Path,
) -> None:
    dixit("add", str(write("story.txt", STORY)))
    for command in (
        ("span", "story", "rouvrirons", "rouvrirons lundi"),
        ("clear", "story", "rouvrirons"),
        ("not-a-quotation", "story", "attendre encore"),
        ("quotation", "story", "Le marché rouvre", "Paul Adam"),
        ("article", "story", "--date", "2026-03-12", "--outlet", "Le Fanal"),
    ):
        done = dixit("correct", *command)
        assert (done.returncode, done.stdout.startswith("corrected")) == (0, True), done.stderr
    (added, said) = json.loads(dixit("show", "story", "--json").stdout)["quotations"]
    assert (added["quote"], added["speaker"], added["kind"]) == ("Le marché rouvre", "Paul Adam", "indirect")
    assert (said["quote"], said["speaker"], said["published"]) == ("rouvrirons lundi", None, "2026-03-12")
    assert "3 rows" in dixit("correct", "export", str(tmp_path / "set")).stdout
    wrong = dixit("correct", "speaker", "story", "never printed", "X")
    assert (wrong.returncode, "no quotations of story" in wrong.stderr) == (1, True)
    assert dixit("correct", "article", "story").returncode == 2
