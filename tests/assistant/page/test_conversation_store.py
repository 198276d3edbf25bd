"""Conversations written down are read as they were; what cannot be read begins anew."""

from __future__ import annotations

import logging
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from assistant.models import Answer, Citation, Coverage, Elsewhere, Prose, Quoted
from assistant.page import conversation_store
from assistant.page.conversation_store import ConversationStore
from assistant.page.exchange import Exchange
from index.models import ArticleCard, Quotation
from index.records.table import Records

CARD = ArticleCard("ab", "key", "Titre", "fr", date(2026, 1, 31))
SAID = Quotation("ab", 3, 6, "mixed", "Ana Ruiz")
CITED = Citation(1, CARD, 3, 6, "« 😀 »", SAID, also=(Elsewhere(CARD, 0, 3),))
ANSWER = Answer("Qui ?", "fr", False, ((Prose("Voici."),), (Quoted(1, (0, 2)), Quoted(1))), (CITED,))
REFUSAL = Answer("Et ?", "fr", True, ((Prose("Non."),),), (), (Coverage("Ana", 1, 0),), "Et Ana ?")
TALK = (Exchange("Qui ?", ANSWER, vote=-1), Exchange("Et ?", REFUSAL), Exchange("Puis ?", failed=True))


def test_a_conversation_is_read_as_it_was_written(tmp_path: Path) -> None:
    assert ConversationStore(Records(tmp_path)).read("a") == ()
    ConversationStore(Records(tmp_path)).write("a", TALK[:1])
    ConversationStore(Records(tmp_path)).write("a", TALK)
    assert ConversationStore(Records(tmp_path)).read("a") == TALK
    assert ConversationStore(Records(tmp_path)).read("b") == ()
    ConversationStore(Records(tmp_path)).write("a", ())
    assert ConversationStore(Records(tmp_path)).read("a") == ()


def test_the_one_left_alone_for_longest_goes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conversation_store, "MOST", 2)
    kept = ConversationStore(Records(tmp_path))
    for visitor in ("a", "b", "a", "c"):
        kept.write(visitor, TALK)
    assert [bool(kept.read(visitor)) for visitor in ("a", "b", "c")] == [True, False, True]


def test_what_cannot_be_read_begins_anew_and_is_told(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    other, broken = tmp_path / "other", tmp_path / "broken"
    kept = ConversationStore(Records(other))
    kept.write("a", TALK)
    with closing(sqlite3.connect(other / "conversations.sqlite")) as connection, connection:
        connection.execute("""UPDATE conversation SET told = '[{"asked": "as another version wrote it"}]'""")
    broken.mkdir()
    (broken / "conversations.sqlite").write_bytes(b"no database at all, but long enough to be taken for one" * 20)
    with caplog.at_level(logging.WARNING):
        assert kept.read("a") == ConversationStore(Records(broken)).read("a") == ()
        ConversationStore(Records(broken)).write("a", TALK)
        ConversationStore(Records(broken / "conversations.sqlite" / "x")).write("a", TALK)
    told = [Path(str(record.args[0])).parent.name for record in caplog.records]  # type: ignore[index]
    assert told == ["other", "broken", "broken", "x"]
