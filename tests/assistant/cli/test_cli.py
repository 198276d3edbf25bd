"""The `dixit` command as other programs rely on it: lines, JSON, errors, exit codes."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.cli import main
from index.feeds.models import NewEntry, WatchedFeed
from index.feeds.store import FeedStore
from index.models import content_id
from index.reason import Reason
from index.records.table import Records
from tests.assistant.cli.command import Dixit

ROOT = Path(__file__).parents[3]
Write = Callable[[str, str], Path]
STORY = "Le marché rouvre\n\n« Nous rouvrirons lundi », a déclaré Claire Besson.\n\n\n\nLe marché était fermé. \u202f🌊"


@pytest.fixture
def process(tmp_path: Path) -> Dixit:
    """The command in a process of its own, with variables of the environment."""

    def run(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "assistant", "--data", str(tmp_path / "data"), *arguments]
        environment = os.environ | variables
        return subprocess.run(
            command, capture_output=True, encoding="utf-8", timeout=120, env=environment, cwd=ROOT, check=False
        )

    return run


@pytest.fixture
def shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """What the command writes to a terminal, on both of its streams."""
    pty = pytest.importorskip("pty")
    for name, value in {"TERM": "xterm-256color", "COLUMNS": "200"}.items():
        monkeypatch.setenv(name, value)

    def run(*arguments: str) -> str:
        ours, theirs = pty.openpty()
        with ThreadPoolExecutor(1) as reading, monkeypatch.context() as patched:
            written = reading.submit(_all_of, ours)
            with os.fdopen(theirs, "w", encoding="utf-8") as terminal:
                patched.setattr(sys, "argv", ["dixit", "--data", str(tmp_path / "data"), *arguments])
                patched.setattr(sys, "stdout", terminal)
                patched.setattr(sys, "stderr", terminal)
                with pytest.raises(SystemExit):
                    main()
        os.close(ours)
        return written.result().decode().replace("\r\n", "\n")

    return run


def _all_of(descriptor: int) -> bytes:
    read = b""
    with suppress(OSError):  # at its end
        while piece := os.read(descriptor, 65_536):
            read += piece
    return read


def rows(done: subprocess.CompletedProcess[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_help_loads_nothing_heavy() -> None:
    script = (
        "import sys; from assistant.cli import dixit; dixit(['--help'], standalone_mode=False); "
        "heavy = {'numpy', 'spacy', 'torch', 'chromadb', 'gradio', 'llama_index', 'sqlalchemy', 'onnxruntime', 'rich', "
        "'argon2'}; "
        "print('HEAVY', sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.splitlines()[-1] == "HEAVY []"
    assert "ask" in done.stdout


def test_from_a_file_to_a_cited_answer_and_back_to_the_very_text(dixit: Dixit, write: Write) -> None:
    path = write("marche.txt", STORY)
    added = dixit("add", str(path))
    assert (added.returncode, added.stdout) == (0, f"added      {path}\n")
    assert dixit("add", str(path)).stdout == f"unchanged  {path}\n"

    (answer,) = rows(dixit("ask", "Que dit Claire Besson du marché ?", "--json"))
    told = {"id", "question", "lang", "abstained", "text", "citations", "mentions", "seconds"}
    assert set(answer) == told | {"understood", "as_is", "total", "refusal", "nearest", "suggestions"}
    assert (answer["lang"], answer["abstained"]) == ("fr", False)
    for citation in answer["citations"]:
        keys = {"article", "title", "published", "start", "end", "quote", "speaker", "kind"}
        assert set(citation) >= keys
        assert (citation["page"], citation["file"], citation["also"]) == (None, "marche.txt", [])
        assert citation["article"] == "marche"
        assert STORY[citation["start"] : citation["end"]] == citation["quote"]
        assert citation["quote"] in answer["text"].replace("\\", "")

    assert dixit("show", "marche").stdout == STORY
    (shown,) = rows(dixit("show", "marche", "--json"))
    assert shown["text"] == STORY
    assert "".join(STORY[p["start"] : p["end"]] for p in shown["passages"]) == STORY
    write("marche.txt", STORY + " Il pleut.")
    assert dixit("add", str(path)).stdout == f"updated    {path}\n"
    (listed,) = rows(dixit("list", "--json"))
    assert (listed["key"], listed["version"]) == ("marche", 2)
    assert listed["updated_at"] > listed["added_at"]
    assert f"(version 2, {listed['updated_at'][:10]})" in dixit("list").stdout
    assert dixit("remove", "marche").stdout == "removed    marche\n"
    assert dixit("list", "--json").stdout == ""


def test_an_absent_topic_is_refused(dixit: Dixit, write: Write) -> None:
    dixit("add", str(write("marche.txt", STORY)))
    (answer,) = rows(dixit("ask", "Quel est le prix du baril de pétrole à Caracas ?", "--json"))
    assert answer["abstained"]
    assert answer["citations"] == []


def test_questions_of_a_batch_are_answered_line_by_line(dixit: Dixit, write: Write) -> None:
    dixit("add", str(write("marche.txt", STORY)))
    batch = write(
        "questions.jsonl",
        '{"id": "q1", "question": "Que dit Claire Besson ?", "history": []}\n\n'
        '{"id": 2, "question": "Et sur le marché ?", "history": ["Que dit Claire Besson ?"]}\n',
    )
    answers = rows(dixit("ask", "--batch", str(batch), "--json"))
    assert [answer["id"] for answer in answers] == ["q1", 2]
    assert all(answer["seconds"] >= 0 for answer in answers)


def test_all_that_answers_is_shown_on_demand(dixit: Dixit, write: Write) -> None:
    said = "\n\n".join(f"« Le pont {number} rouvrira », a déclaré Claire Besson." for number in range(7))
    dixit("add", str(write("ponts.txt", f"Les ponts\n\n{said}")))
    batch = write(
        "questions.jsonl", '{"question": "Que dit Claire Besson ?"}\n{"question": "Que dit Besson ?", "all": true}\n'
    )
    first, whole = rows(dixit("ask", "--batch", str(batch), "--json"))
    assert [(len(answer["citations"]), answer["total"]) for answer in (first, whole)] == [(4, 7), (7, 7)]
    some, all_of_it = dixit("ask", "Que dit Claire Besson ?"), dixit("ask", "Que dit Claire Besson ?", "--all")
    assert some.stdout.startswith("7 citations de Claire Besson\u00a0; voici les 4 plus récentes.")
    assert all_of_it.stdout.startswith("7 citations de Claire Besson, les plus récentes d’abord.")


def test_a_text_can_be_pasted(dixit: Dixit) -> None:
    assert dixit("add", "-", given=STORY).returncode == 0
    assert [listed["title"] for listed in rows(dixit("list", "--json"))] == ["Le marché rouvre"]


def test_a_refusal_is_a_line_of_english_in_json_too(dixit: Dixit, write: Write) -> None:
    refused, added = rows(dixit("add", str(write("empty.txt", "")), str(write("marche.txt", STORY)), "--json"))
    assert refused["reason"] == "it is empty. Give a file with an article in it."
    assert added["reason"] is None


def test_what_is_exported_can_be_added_again(dixit: Dixit, write: Write, tmp_path: Path) -> None:
    line = {"id": "x1", "text": STORY, "lang": "fr", "published": "2025-03-19", "source": "Le Fanal", "author": "M"}
    dixit("add", str(write("many.jsonl", json.dumps(line))))
    exported = dixit("export", "--json").stdout
    dixit("remove", "x1")
    assert dixit("add", str(write("again.jsonl", exported))).returncode == 0
    assert dixit("export", "--json").stdout == exported.replace("many.jsonl", "again.jsonl")


def test_quotes_needs_no_index(dixit: Dixit, write: Write) -> None:
    (row,) = rows(dixit("quotes", str(write("marche.txt", STORY)), "--json"))
    assert row == {
        "article": "marche",
        "start": STORY.index("Nous"),
        "end": STORY.index(" »"),
        "quote": "Nous rouvrirons lundi",
        "speaker": "Claire Besson",
        "speaker_as_written": "Claire Besson",
        "cue": "a déclaré",
        "kind": "direct",
        "via": None,
        "hedge": None,
        "disclaimed": None,
        "denial_start": None,
        "denial_end": None,
        "certainty": "sure",
        "sure": True,
        "confidence": row["confidence"],
        "alternative": None,
        "speaker_id": None,
        "turn": None,
        "speaker_kind": "person",
        "mention_start": STORY.index("Claire Besson"),
        "mention_end": STORY.index("Claire Besson") + len("Claire Besson"),
        "corrected": None,
        "read_as": None,
        "article_id": content_id(STORY),
        "title": "Le marché rouvre",
        "published": None,
        "source": None,
        "url": None,
        "lang": "fr",
    }


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (("add", "missing.txt"), 1, "missing.txt"),
        (("show", "nothing"), 1, "nothing: no such article. List them with `dixit list`."),
        (("remove", "nothing"), 1, "nothing: no such article."),
        (("ask",), 2, "Give either a QUESTION or --batch FILE."),
        (("ask", "--batch", "missing.jsonl"), 2, "missing.jsonl"),
        (("frobnicate",), 2, "No such command 'frobnicate'."),
        (("add",), 2, "Missing argument"),
        (("add", ""), 2, "'' names no source. Name files, folders or addresses; this folder is '.'."),
        (("add", "a.txt", ""), 2, "'' names no source."),
        (("quotes", ""), 2, "'' names nothing. Name a file or a folder; this one is '.'."),
        (("backup", ""), 2, "'' names nothing."),
        (("show", "n" * 100_000), 1, "nnn: no such article. List them with `dixit list`."),
        (("show", "gone\nFORGED added.txt\x1b]0;pris\x07"), 1, "gone FORGED added.txt␛]0;pris␇: no such article."),
    ],
)
def test_an_error_is_one_line_with_a_status(
    process: Dixit, arguments: tuple[str, ...], status: int, message: str
) -> None:
    done = process(*arguments)
    told = done.stdout + done.stderr
    assert done.returncode == status, told
    assert message in told
    assert len(told.splitlines()) == 1
    assert len(told) < 500
    assert "Traceback" not in told


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("DIXIT_DATTA", "x", "DIXIT_DATTA is not a setting. Use one of:"),
        ("DIXIT_DATA", "", "DIXIT_DATA is empty: it must name a file or a folder. Name one, or leave it unset."),
        ("DIXIT_PASSAGE_TOKENS", "many", "DIXIT_PASSAGE_TOKENS='many' must be of type int."),
        ("DIXIT_PASSAGE_TOKENS", "5", "DIXIT_PASSAGE_TOKENS=5: must be from 16 to 480."),
    ],
)
def test_a_wrong_setting_is_named(process: Dixit, name: str, value: str, message: str) -> None:
    done = process("list", **{name: value})
    assert done.returncode == 1
    assert message in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_damaged_batch_line_is_named(dixit: Dixit, write: Write) -> None:
    done = dixit("ask", "--batch", str(write("questions.jsonl", '{"question": "Qui ?"}\n{"q": 1}\n')), "--json")
    assert done.returncode == 1
    assert "questions.jsonl:2: not a question" in done.stderr


def test_a_backup_brings_back_what_was_removed(dixit: Dixit, write: Write, tmp_path: Path) -> None:
    dixit("add", str(write("marche.txt", STORY)))
    kept = tmp_path / "kept.dixit"
    (made,) = rows(dixit("backup", str(kept), "--json"))
    assert made["articles"] == 1
    dixit("remove", "marche")
    refused = dixit("restore", str(kept))
    assert (refused.returncode, len(refused.stderr.splitlines())) == (1, 1)
    assert "--force" in refused.stderr
    assert dixit("restore", str(kept), "--force").returncode == 0
    assert dixit("show", "marche").stdout == STORY
    whole = dixit("check")
    assert (whole.returncode, whole.stdout) == (0, "Everything is as it must be.\n")


def test_a_backup_is_put_back_while_the_vector_server_is_away(
    dixit: Dixit, write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dixit("add", str(write("marche.txt", STORY)))
    kept = tmp_path / "kept.dixit"
    dixit("backup", str(kept))
    dixit("remove", "marche")
    monkeypatch.setenv("DIXIT_VECTORS_URL", "http://127.0.0.1:9")
    done = dixit("restore", str(kept), "--force")
    assert (done.returncode, done.stdout[:19]) == (0, "1 articles are back")
    assert "The articles are back; run `dixit check --repair`" in done.stderr
    assert dixit("show", "marche").stdout == STORY


def test_damage_is_found_mended_and_told(dixit: Dixit, write: Write, tmp_path: Path) -> None:
    dixit("add", str(write("marche.txt", STORY)))
    with closing(sqlite3.connect(tmp_path / "data" / "catalog.sqlite")) as connection, connection:
        connection.execute("DELETE FROM passages")
    found = dixit("check", "--json")
    assert found.returncode == 1
    assert {"article", "full text"} <= {row["part"] for row in rows(found)}
    mended = dixit("check", "--repair")
    assert mended.returncode == 0, mended.stdout
    assert "mended  read marche anew from its stored text" in mended.stdout
    assert dixit("check", "--json").stdout == ""


def test_addresses_are_told_from_files_and_this_machine_is_not_fetched(dixit: Dixit, write: Write) -> None:
    addresses = ["http://127.0.0.1/", "file:///etc/passwd", "ftp://example.org/a"]
    done = dixit("add", *addresses, str(write("marche.txt", STORY)), "--json")
    assert done.returncode == 1
    told = rows(done)
    assert [row["source"] for row in told[:3]] == addresses
    assert [row["outcome"] for row in told] == ["refused", "refused", "refused", "added"]
    assert "not a public machine" in str(told[0]["reason"])
    assert "only http:// and https:// addresses are fetched" in str(told[1]["reason"])


def test_a_refused_address_is_not_told_as_stopped_half_way(dixit: Dixit) -> None:
    refused = dixit("add", "http://127.0.0.1/page")
    assert refused.returncode == 1
    assert dixit("check").stdout == "Everything is as it must be.\n"


def test_articles_to_read_alone_are_not_changed(
    dixit: Dixit, write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dixit("add", str(write("marche.txt", STORY)))
    monkeypatch.setenv("DIXIT_READ_ONLY", "1")
    for command in (["remove", "marche"], ["restore", str(tmp_path / "marche.txt")]):
        done = dixit(*command)
        assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
        assert "DIXIT_READ_ONLY is set" in done.stderr
    assert dixit("show", "marche").stdout == STORY


FORGED = "ligne\x1b]0;pris\x07\u2028fin"
SHOWN = "ligne␛]0;pris␇ fin"


def test_a_name_or_a_title_commands_nothing(dixit: Dixit, write: Write) -> None:
    line = {"id": FORGED, "title": FORGED, "source": FORGED, "text": STORY, "lang": "fr"}
    told = [
        dixit("add", str(write("many.jsonl", json.dumps(line)))),
        dixit("list"),
        dixit("ask", "Que dit Claire Besson du marché ?"),
        dixit("reindex"),
        dixit("remove", " ".join(FORGED.split())),
        dixit("remove", FORGED),
    ]
    assert [done.returncode for done in told] == [0, 0, 0, 0, 0, 1]
    for done in told:
        written = done.stdout + done.stderr
        assert not set(written) & set("\x1b\x07\u2028"), done.args
    assert SHOWN in told[1].stdout
    assert told[4].stdout == f"removed    {SHOWN}\n"


@pytest.mark.skipif(os.name == "nt", reason="no such names there")
def test_the_name_of_a_file_commands_nothing(dixit: Dixit, write: Write, tmp_path: Path) -> None:
    path = write("a\nFORGED added.txt\x1b]0;pris\x07.docx", "no document")
    done = dixit("add", str(path))
    (line,) = done.stdout.splitlines()
    assert line.startswith(f"refused    {tmp_path}/a␊FORGED added.txt␛]0;pris␇.docx: ")
    (line,) = dixit("quotes", str(path)).stderr.splitlines()
    assert "␛" in line


def test_a_text_goes_to_a_file_as_it_is_and_is_shown_on_a_terminal(
    dixit: Dixit, process: Dixit, write: Write, tmp_path: Path
) -> None:
    text = f"Titre\n\n{'Le marché était fermé depuis lundi matin, a dit la maire. ' * 9}\x1b[2J\x1b]0;pris\x07.\n"
    dixit("add", str(write("signes.txt", text)))
    (stored,) = rows(dixit("export", "--json"))
    command = [sys.executable, "-m", "assistant", "--data", str(tmp_path / "data"), "show", "signes"]
    assert stored["text"] == text
    assert subprocess.run(command, stdout=subprocess.PIPE, cwd=ROOT, check=True, timeout=120).stdout == text.encode()
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    subprocess.run(command, stdout=theirs, cwd=ROOT, check=True, timeout=120)
    os.close(theirs)
    shown = os.read(ours, 9_999).decode().replace("\r\n", "\n")
    os.close(ours)
    assert shown == text.replace("\x1b", "␛").replace("\x07", "␇")


def test_a_terminal_shows_speakers_in_bold_lists_as_tables_and_how_far_it_is(
    dixit: Dixit, shown: Callable[..., str], write: Write
) -> None:
    first, folder = write("marche.txt", STORY), write("folder/un.txt", "Le port ferme. [red]:smile:").parent
    write("folder/deux.txt", "La mairie rouvre.")
    added = without_colours(shown("add", str(first), str(folder)))
    assert re.findall(r"\x1b\[2K(added|refused|unchanged) ", added) == ["added"] * 3
    assert "0/3 sources" in added
    assert "3/3 sources" in added
    assert "2/3 articles" in without_colours(shown("reindex"))
    headings, *listed = without_colours(shown("list")).splitlines()
    assert headings.split() == ["id", "date", "lang", "outlet", "title", "version"]
    assert len(listed) == 3
    assert "[red]:smile:" in "".join(listed)
    question = "Que dit Claire Besson du marché ?"
    assert "\x1b[1mClaire Besson\x1b[0m" in shown("ask", question)
    assert "**Claire Besson**" in dixit("ask", question).stdout
    assert not {"\x1b", "title"} & set(dixit("list").stdout.split())


def without_colours(written: str) -> str:
    return re.sub(r"\x1b\[[\d;]*m", "", written)


def test_a_folder_with_nothing_to_read_is_told(dixit: Dixit, write: Write, tmp_path: Path) -> None:
    folder = write("folder/picture.png", "no article").parent
    done = dixit("add", str(folder), str(write("marche.txt", STORY)))
    refused, added = done.stdout.splitlines()
    assert done.returncode == 1
    assert refused.startswith(f"refused    {folder}: nothing in it is read. Give a folder of .txt, ")
    assert added.startswith("added")
    (row,) = rows(dixit("add", str(folder), "--json"))
    assert (row["outcome"], row["source"]) == ("refused", str(folder))
    assert dixit("check").stdout == "Everything is as it must be.\n"


def test_a_long_address_is_shortened_in_print_and_whole_in_json(dixit: Dixit) -> None:
    address = "https://example.org/" + "a" * 100_000
    done = dixit("add", address)
    assert done.stdout.startswith("refused    https://example.org/aaa")
    assert "it is longer than 2,000 characters" in done.stdout
    assert len(done.stdout) < 300
    (row,) = rows(dixit("add", address, "--json"))
    assert row["source"] == address


def test_feeds_are_watched_listed_looked_at_and_watched_no_more(
    dixit: Dixit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = dixit("watch", "add", "http://127.0.0.1/feed", "not an address")
    assert (refused.returncode, dixit("watch", "list").stdout) == (1, "")
    assert [line.split()[0] for line in refused.stdout.splitlines()] == ["refused", "refused"]
    now = datetime(2026, 3, 2, 12, tzinfo=UTC)
    news = (NewEntry("a" * 16, "Le quai ferme", now),)
    failure = Reason("no_such_page", {"status": "404"})
    address = "http://127.0.0.1/feed"
    FeedStore(Records(tmp_path / "data")).add(WatchedFeed(address, now, now, now, failure, 2, 1, news))
    told = dixit("watch", "list").stdout
    assert told.startswith(f"{address}\n  looked at 2026-03-02 12:00 UTC\n  failed 2 times")
    assert "404" in told and "entries refused: 1" in told and "2026-03-02  Le quai ferme" in told
    (row,) = rows(dixit("watch", "list", "--json"))
    assert (row["address"], row["failures"], row["unread"]) == (address, 2, 1)
    checked = dixit("watch", "check")
    assert (checked.returncode, "not a public machine" in checked.stdout) == (1, True)
    assert rows(dixit("watch", "list", "--json"))[0]["failures"] == 3
    assert dixit("watch", "remove", address).stdout == f"removed    {address}\n"
    gone = dixit("watch", "remove", address)
    assert (gone.returncode, gone.stdout.startswith(f"refused    {address}: it is not watched")) == (1, True)
    assert dixit("watch", "list").stdout == ""
    monkeypatch.setenv("DIXIT_FEED_MINUTES", "0")
    assert "DIXIT_FEED_MINUTES=0.0: must be from 1" in dixit("watch", "list").stderr
