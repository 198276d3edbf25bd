"""A catalog on a PostgreSQL server: opened, refused, away for a while, written by several processes at once."""

from __future__ import annotations

import subprocess
import sys
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import sqlalchemy as sa

from index.catalog import Catalog, Reading, StatementFilter, open_catalog
from index.catalog.database import SCHEMA_VERSION, open_database, place_of, writing
from index.catalog.dialects.postgresql.server import WRITER, engine_of
from index.catalog.schemas import make_schema, schema_url
from index.errors import IndexingError, SettingsError, StoreError
from index.models import Article, Passage, content_id
from tests.index.catalog.conftest import Served
from tests.postgresql import Server, connected, started

WRITERS, EACH = 3, 12
WRITE = """
import sys
from pathlib import Path
import numpy as np
from index.catalog import Reading, open_catalog
from index.models import Article, Passage, Person, Quotation, content_id
data, url, number, each = Path(sys.argv[1]), sys.stdin.read(), int(sys.argv[2]), int(sys.argv[3])
catalog = open_catalog(data, url)
sys.stdout.write("ready\\n"); sys.stdout.flush()
vector = np.ones((1, 4), np.float32)
for at in range(each):
    for text in (f"À tous {at}. Oui.", f"À moi {number} {at}. Oui."):
        article = Article(content_id(text), text, text, "fr", text=text, origin=f"/{text}")
        said = [Quotation(article.id, 0, 2, "direct", "Maud Lorne")]
        people = [Person("Maud Lorne", "person"), Person(f"Paul {number} {at}", "person")]
        passages = [Passage(article.id, 0, len(text))]
        catalog.add(Reading(article, passages, said, vector, vector, "m", ["Maud Lorne"], people))
catalog.close()
"""


def test_processes_that_write_at_once_lose_nothing_and_store_nothing_twice(postgresql: Server, tmp_path: Path) -> None:
    url = postgresql.create("shared")  # empty: they all find no catalog, and one makes it
    command = [sys.executable, "-c", WRITE, str(tmp_path)]
    pipe = subprocess.PIPE
    writing = [
        subprocess.Popen([*command, str(number), str(EACH)], stdin=pipe, stdout=pipe, stderr=pipe, text=True)
        for number in range(WRITERS)
    ]
    for process in writing:
        assert process.stdin is not None
        process.stdin.write(url)
        process.stdin.close()
    for process in writing:
        assert process.stdout is not None and process.stderr is not None
        with process:
            assert (process.stdout.read(), process.stderr.read()) == ("ready\n", "")
    with closing(open_catalog(tmp_path, url)) as catalog:
        keys = sorted(article.key for article in catalog.articles())
        own = [f"À moi {number} {at}. Oui." for number in range(WRITERS) for at in range(EACH)]
        assert keys == sorted([*own, *(f"À tous {at}. Oui." for at in range(EACH))])
        assert sorted(catalog.revisions().values()) == list(range(1, len(keys) + 1))  # one after the other
        maud = catalog.people_called("Maud Lorne")
        assert [(person.articles, person.quotations) for person in maud] == [(len(keys), len(keys))]
        assert catalog.times_quoted(["Maud Lorne"]) == len(keys) == len(catalog.said(StatementFilter()))
        assert catalog.findings("m", 4) == []


def test_what_is_read_is_of_one_moment(served: Served) -> None:
    catalog = served.empty("data")
    with catalog._read() as reading:
        asked = "SELECT value FROM facts WHERE name = 'revision'"
        before = reading.exec_driver_sql(asked).scalar()
        with catalog._write() as writing:
            writing.exec_driver_sql("UPDATE facts SET value = '7' WHERE name = 'revision'")
        assert reading.exec_driver_sql(asked).scalar() == before
    assert catalog.revision() == 7


def test_a_writer_that_waits_too_long_is_told_so(served: Served) -> None:
    with closing(Catalog(engine_of(served.empty("data").url, busy_seconds=0.1))) as catalog:
        with connected(catalog.url) as other:
            other.execute("SELECT pg_advisory_lock(%s)", (WRITER,))
            with pytest.raises(StoreError, match="Another process has been writing for long"):
                catalog.remove("none")
        assert not catalog.remove("none")


def test_a_server_that_is_away_is_told_and_found_again(tmp_path: Path) -> None:
    server = started()
    try:
        with closing(open_catalog(tmp_path, server.create("away"))) as catalog:
            server.stop()
            with pytest.raises(StoreError, match="PostgreSQL must run where DIXIT_CATALOG_URL says"):
                catalog.count()
            server.start()
            assert catalog.count() == 0
            assert not catalog.remove("none")
    finally:
        server.close()


def test_a_server_that_goes_again_once_it_was_reached_is_told_as_one_that_is_away(served: Served) -> None:
    def cut(connection: Any, _: object) -> None:
        connection.close()

    catalog = served.empty("gone_again")
    catalog._engine.dispose()
    sa.event.listen(catalog._engine, "connect", cut)
    try:
        with pytest.raises(StoreError):
            catalog.revision()
    finally:
        sa.event.remove(catalog._engine, "connect", cut)
    assert catalog.revision() == 0


def test_who_waits_too_long_for_a_connection_is_told_so(postgresql: Server, tmp_path: Path) -> None:
    with closing(open_catalog(tmp_path, postgresql.create("in_use"))) as catalog, ExitStack() as held:
        for _ in range(15):
            held.enter_context(catalog._engine.connect())
        catalog._engine.pool._timeout = 0.1  # type: ignore[attr-defined]
        with pytest.raises(StoreError, match="all connections are in use, and none came free in time. Nothing was ch"):
            catalog.revision()


@pytest.mark.parametrize(("told", "seconds"), [("", "10"), ("?connect_timeout=4", "4")])
def test_a_server_that_says_nothing_is_not_waited_for_unless_its_address_says_so(
    postgresql: Server, told: str, seconds: str
) -> None:
    engine = engine_of(postgresql.url("postgres") + told)
    try:
        with closing(engine.raw_connection()) as connection:
            known = connection.dbapi_connection.info.get_parameters()  # type: ignore[union-attr]
    finally:
        engine.dispose()
    assert (known["connect_timeout"], known["keepalives_count"]) == (seconds, "3")


@pytest.mark.parametrize("url", ["mysql://u:s3cret@h/d", "no address", "postgresql+asyncpg://u:s3cret@h/d"])
def test_an_address_that_is_none_is_refused_without_its_password(url: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"no address of PostgreSQL's. Write postgresql\+psycopg://") as refused:
        open_catalog(tmp_path, url)
    assert "s3cret" not in str(refused.value)


def test_what_cannot_be_opened_is_told_without_the_password(postgresql: Server, tmp_path: Path) -> None:
    told = []
    for url in (postgresql.url("nowhere"), postgresql.url("postgres", password="wr0ng")):
        with pytest.raises(IndexingError, match="DIXIT_CATALOG_URL") as refused:
            open_catalog(tmp_path, url)
        told.append(str(refused.value))
    assert "nowhere" in told[0] and "password authentication failed" in told[1]
    assert not any("\n" in line or "wr0ng" in line for line in told)


def test_a_database_that_cannot_hold_every_text_is_refused(postgresql: Server, tmp_path: Path) -> None:
    url = postgresql.create("latin", "ENCODING 'LATIN1' LOCALE 'C'")
    with pytest.raises(StoreError, match="encoding LATIN1. Make one with `createdb --encoding=UTF8`"):
        open_catalog(tmp_path, url)


def test_whoever_may_only_read_is_refused_a_change(postgresql: Server, tmp_path: Path) -> None:
    url = postgresql.create("readers")
    open_catalog(tmp_path, url).close()
    with connected(url) as owner:
        owner.execute("CREATE ROLE reader LOGIN PASSWORD 'r3ad'")
        owner.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader")
    as_reader = f"postgresql+psycopg://reader:r3ad@127.0.0.1:{postgresql.port}/readers"
    with closing(open_catalog(tmp_path, as_reader)) as catalog:
        assert (catalog.read_only, catalog.articles(), catalog.quick_findings()) == (True, [], [])
        with pytest.raises(StoreError, match="articles can be read and asked about, not changed"):
            catalog.remove("none")


def test_a_catalog_of_a_newer_version_is_refused(postgresql: Server, tmp_path: Path) -> None:
    url = postgresql.create("newer")
    open_catalog(tmp_path, url).close()
    with connected(url) as connection:
        connection.execute("UPDATE facts SET value = '99' WHERE name = 'schema'")
    with pytest.raises(StoreError, match=f"version 99, this Dixit reads {SCHEMA_VERSION}"):
        open_catalog(tmp_path, url)


def test_a_column_that_tables_gained_is_added_with_its_index(postgresql: Server, tmp_path: Path) -> None:
    url = postgresql.create("older")
    open_catalog(tmp_path, url).close()
    with connected(url) as connection:
        connection.execute("ALTER TABLE quotations DROP COLUMN speaker_id")
    open_catalog(tmp_path, url).close()
    with connected(url) as connection:
        named = "SELECT indexname FROM pg_indexes WHERE indexname = 'ix_quotations_speaker_id'"
        assert connection.execute(named).fetchall() == [("ix_quotations_speaker_id",)]


def test_names_are_in_one_order_whatever_the_order_of_the_database(postgresql: Server, tmp_path: Path) -> None:
    names = ["école", "Zoé", "abbé", "Édith", "_", "a b", "ab"]
    url = postgresql.create("french", "ENCODING 'UTF8' LOCALE 'C' LOCALE_PROVIDER icu ICU_LOCALE 'fr'")
    with closing(open_catalog(tmp_path, url)) as catalog:
        with catalog._write() as connection:
            for name in names:
                connection.exec_driver_sql(f"INSERT INTO vocabulary VALUES ('name', '{name}', '', 1, 0)")
            plain = "SELECT name FROM unnest(ARRAY['Zoé', 'abbé']) AS name ORDER BY name"
            assert connection.exec_driver_sql(plain).scalars().all() == ["abbé", "Zoé"]
        assert catalog.names() == sorted(names)


def test_migrations_run_on_the_server(postgresql: Server, tmp_path: Path) -> None:
    """What a later revision does: Alembic's operations, within the transaction of whoever opens."""
    from index.catalog.database import writing
    from index.catalog.migrations import migrate

    scripts = tmp_path / "scripts"
    (scripts / "versions").mkdir(parents=True)
    env = "from alembic import context\ncontext.configure(connection=context.config.attributes['connection'])\n"
    (scripts / "env.py").write_text(f"{env}context.run_migrations()\n")
    (scripts / "versions" / "a.py").write_text("revision = '6'\ndown_revision = None\ndef upgrade(): pass\n")
    (scripts / "versions" / "b.py").write_text(
        "import sqlalchemy as sa\nfrom alembic import op\nrevision = '7'\ndown_revision = '6'\n"
        "def upgrade(): op.add_column('articles', sa.Column('tone', sa.Text))\n"
    )
    engine = open_database(tmp_path / "data", postgresql.create("migrated"))
    with writing(engine) as connection:
        migrate(connection, "6", "7", scripts)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT tone FROM articles").all() == []
    engine.dispose()


def test_catalogs_in_schemas_of_one_database_neither_see_nor_wait_for_each_other(
    postgresql: Server, tmp_path: Path
) -> None:
    url = postgresql.create("schemas")
    urls = [url, *(schema_url(url, name) for name in ("lagune", "le-fanal"))]
    for name in ("lagune", "le-fanal", "lagune"):  # making one that is there changes nothing
        make_schema(url, name)
    catalogs = [open_catalog(tmp_path, each) for each in urls]
    for number, catalog in enumerate(catalogs):
        text = f"Texte {number}."
        article = Article(content_id(text), text, text, "fr", text=text)
        vector = np.ones((1, 4), np.float32)
        catalog.add(Reading(article, [Passage(article.id, 0, len(text))], [], vector, vector[:0], "m"))
    assert [[each.text for each in catalog.articles()] for catalog in catalogs] == [[f"Texte {n}."] for n in range(3)]
    assert len({catalog.id() for catalog in catalogs}) == 3
    with catalogs[1]._write():  # whoever writes in one holds up nobody in another
        for other in (catalogs[0], catalogs[2]):
            other.remove(other.articles()[0].id)
        waiting = engine_of(urls[1], busy_seconds=0.2)
        with pytest.raises(sa.exc.DBAPIError, match="lock timeout"), writing(waiting):
            pass
        waiting.dispose()
    assert [catalog.count() for catalog in catalogs] == [0, 1, 0]
    for catalog in catalogs:
        catalog.close()


def test_an_error_names_the_schema_and_no_password(postgresql: Server) -> None:
    engine = engine_of(schema_url(postgresql.url("news", "secret"), "lagune"))
    assert place_of(engine) == f"127.0.0.1:{postgresql.port}/news (workspace_lagune)"
