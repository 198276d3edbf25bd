"""A catalog of an older version becomes one of today, whole, or stays as it was."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from assistant.models import Answer
from assistant.settings import Settings
from assistant.workspace import open_workspace
from index.catalog import open_catalog
from index.catalog.database import SCHEMA_VERSION
from index.errors import StoreError

DATA = Path(__file__).parents[2] / "data"
COLUMNS = {
    "articles": 'id, "key", title, text, lang, published, source, author, url, origin, model, revision',
    "passages": 'rowid, article_id, start, "end", vector',
    "quotations": 'rowid, article_id, start, "end", vector, kind, speaker, speaker_as_written, cue, via',
    "names": "article_id, name",
    "feedback": "rowid, question, articles, verdict, at",
    "passages_terms": "rowid, terms",
    "quotations_terms": "rowid, terms",
}
"""The tables of the first catalogs that hold something of a reader's."""
QUESTIONS = ["Que dit Clémence Arzel du prix du billet ?", "Qui parle du ferry ?", "Que dit Jean Dupond ?"]


def older_catalog(data: Path, rows_of: Path | None = None, version: int = 1) -> Path:
    """Make a catalog by the schema of a version, with the rows of another catalog, and return its file."""
    data.mkdir(exist_ok=True)
    path = data / "catalog.sqlite"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executescript((DATA / f"catalog-{version}.sql").read_text(encoding="utf-8"))
        if rows_of:
            connection.execute("ATTACH ? AS today", [str(rows_of)])
            for table, columns in COLUMNS.items():
                connection.execute(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM today.{table}")
            connection.execute(
                "UPDATE facts SET value = (SELECT value FROM today.facts AS f WHERE f.name = 'revision') "
                "WHERE name = 'revision'"
            )
    return path


def held(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(path)) as connection:
        return {
            table: connection.execute(f"SELECT {columns} FROM {table} ORDER BY 1, 2").fetchall()
            for table, columns in COLUMNS.items()
        }


def form(path: Path) -> dict[str, object]:
    """The tables with their columns and indexes, in an order that does not count."""
    with closing(sqlite3.connect(path)) as connection:
        tables = connection.execute("SELECT name, type FROM sqlite_master WHERE type = 'table'").fetchall()
        return {
            name: (
                sorted(row[1:] for row in connection.execute(f"PRAGMA table_info({name})")),
                sorted(row[1:] for row in connection.execute(f"PRAGMA index_list({name})")),
                sorted(row[2:] for row in connection.execute(f"PRAGMA foreign_key_list({name})")),
            )
            for name, _ in tables
        }


Cited = list[tuple[str | None, str]]


def cited(answer: Answer) -> Cited:
    """Return whom an answer names and the words; how certain it is of them was not kept by older catalogs."""
    return [(citation.speaker, citation.quote) for citation in answer.citations]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, list[Cited]]]:
    """A catalog of today with the sample articles, and what it answers."""
    from assistant.settings import AssistantSettings
    from index.settings import IndexSettings

    data = tmp_path_factory.mktemp("filled")
    settings = Settings(IndexSettings(data=data), AssistantSettings())
    with open_workspace(settings, lambda _: None) as workspace:
        list(workspace.add_samples())
        workspace.add_feedback("Qui ?", ["0f" * 8], 1)
        answers = [cited(workspace.answer(question)) for question in QUESTIONS]
    yield data / "catalog.sqlite", answers


def test_a_catalog_of_the_first_version_keeps_all_it_holds_and_answers_as_before(
    filled: tuple[Path, list[Cited]], settings: Settings
) -> None:
    today, answers = filled
    path = older_catalog(settings.index.data, today)
    before = held(path)
    assert before["articles"] and before["quotations_terms"] and before["feedback"]
    with open_workspace(settings, lambda _: None) as workspace:
        assert [cited(workspace.answer(question)) for question in QUESTIONS] == answers
        assert [result.outcome for result in workspace.add_samples()] == ["unchanged"] * len(before["articles"])
    assert held(path) == before


@pytest.mark.parametrize("version", [1, 2, 3, 4])
def test_a_migrated_catalog_has_the_form_of_a_new_one(version: int, tmp_path: Path) -> None:
    open_catalog(tmp_path / "new").close()
    path = older_catalog(tmp_path / "old", version=version)
    open_catalog(tmp_path / "old").close()
    assert form(path) == form(tmp_path / "new" / "catalog.sqlite")


def test_a_migration_knows_the_near_duplicates_that_the_catalog_holds(
    filled: tuple[Path, list[Cited]], tmp_path: Path
) -> None:
    def known(path: Path) -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(path)) as connection:
            articles = "SELECT id, fingerprint, story, address, version FROM articles ORDER BY id"
            bands = "SELECT band, article_id FROM bands ORDER BY 1, 2"
            return connection.execute(articles).fetchall() + connection.execute(bands).fetchall()

    path = older_catalog(tmp_path / "old", filled[0])
    open_catalog(tmp_path / "old").close()
    assert known(path) == known(filled[0])


def test_a_copy_of_the_older_catalog_is_kept_aside(filled: tuple[Path, list[Cited]], tmp_path: Path) -> None:
    path = older_catalog(tmp_path / "old", filled[0])
    before = held(path)
    open_catalog(tmp_path / "old").close()
    copy = path.with_name(f"catalog.sqlite.before-{SCHEMA_VERSION}")
    assert held(copy) == before
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT value FROM facts WHERE name = 'schema'").fetchone() == ("1",)


def test_a_catalog_without_feedback_learns_to_keep_it(tmp_path: Path) -> None:
    with closing(sqlite3.connect(older_catalog(tmp_path))) as connection, connection:
        connection.execute("DROP TABLE feedback")
    catalog = open_catalog(tmp_path)
    assert catalog.feedback() == []
    catalog.close()


def test_a_migration_that_fails_half_way_leaves_the_catalog_as_it_was(
    filled: tuple[Path, list[Cited]], tmp_path: Path
) -> None:
    path = older_catalog(tmp_path, filled[0])
    with closing(sqlite3.connect(path)) as connection, connection:  # in the way of the last table to be made
        connection.execute("CREATE TABLE bands (x)")
    before, shape = held(path), form(path)
    with pytest.raises(StoreError, match="bands already exists"):
        open_catalog(tmp_path)
    assert (held(path), form(path)) == (before, shape)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DROP TABLE bands")
    catalog = open_catalog(tmp_path)
    assert len(catalog.articles()) == len(before["articles"])
    catalog.close()


def test_a_column_that_the_tables_of_a_version_gained_is_added_and_nothing_else_changes(
    filled: tuple[Path, list[Cited]], settings: Settings
) -> None:
    today, answers = filled
    path = settings.index.data / today.name
    shutil.copytree(today.parent, settings.index.data, ignore=shutil.ignore_patterns("*.sqlite-*"))
    shape, before = form(path), held(path)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("ALTER TABLE quotations DROP COLUMN via")
        connection.execute("DROP INDEX ix_articles_story")
        connection.execute("ALTER TABLE articles DROP COLUMN story")
    with open_workspace(settings, lambda _: None) as workspace:
        assert [cited(workspace.answer(question)) for question in QUESTIONS] == answers
    assert form(path) == shape
    assert held(path) == before
    assert not list(settings.index.data.glob("*.before-*"))


OPEN = "import sys; from pathlib import Path; from index.catalog import open_catalog; open_catalog(Path(sys.argv[1]))"


def test_several_processes_that_open_an_older_catalog_at_once_all_work(
    filled: tuple[Path, list[Cited]], tmp_path: Path
) -> None:
    path = older_catalog(tmp_path, filled[0])
    before = held(path)
    command = [sys.executable, "-c", OPEN, str(tmp_path)]
    opening = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(3)]
    assert [process.communicate(timeout=120)[1] for process in opening] == ["", "", ""]
    assert [process.returncode for process in opening] == [0, 0, 0]
    assert held(path) == before


def test_a_catalog_of_today_is_opened_without_alembic(tmp_path: Path) -> None:
    open_catalog(tmp_path).close()
    asked = f"{OPEN}; print('alembic' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", asked, str(tmp_path)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
