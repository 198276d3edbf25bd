"""A conversation grows until it is stopped or goes on; what was said outlives the program."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from assistant.models import Answer, Prose
from assistant.page.conversations import Conversations
from assistant.page.exchange import Exchange
from index.records.table import Records
from tests.postgresql import Server

ANSWER = Answer("Qui ?", "fr", True, ((Prose("Non."),),), ())
GROWING = Exchange("Qui ?", ANSWER, growing=True)
WHOLE = replace(GROWING, growing=False)


def test_an_answer_grows_until_it_is_whole_and_outlives_the_program(tmp_path: Path) -> None:
    held = Conversations(Records(tmp_path))
    place = held.begin("a", Exchange("Qui ?"), ())
    assert held.growing("a")
    assert held.grow(place, GROWING)
    assert held.growing("a")
    assert Conversations(Records(tmp_path)).of("a") == ()
    assert held.grow(place, WHOLE)
    assert not held.growing("a")
    assert Conversations(Records(tmp_path)).of("a") == (WHOLE,)


def test_a_stopped_answer_stays_as_it_stood(tmp_path: Path) -> None:
    held = Conversations(Records(tmp_path))
    place = held.begin("a", Exchange("Qui ?"), ())
    held.grow(place, GROWING)
    held.stop("a")
    assert not held.grow(place, replace(GROWING, answer=replace(ANSWER, paragraphs=())))
    assert held.of("a") == Conversations(Records(tmp_path)).of("a") == (WHOLE,)
    held.stop("nobody")
    assert held.of("nobody") == ()


def test_a_question_asked_meanwhile_leaves_the_one_before_as_it_stood(tmp_path: Path) -> None:
    held = Conversations(Records(tmp_path))
    first = held.begin("a", Exchange("Qui ?"), ())
    held.grow(first, GROWING)
    held.begin("a", Exchange("Et ?"), held.of("a"))
    assert not held.grow(first, WHOLE)
    assert held.of("a") == (WHOLE, Exchange("Et ?", growing=True))


def test_a_question_sent_twice_at_once_is_asked_once(tmp_path: Path) -> None:
    held = Conversations(Records(tmp_path))
    for _ in range(2):
        held.begin("a", Exchange("Qui ?"), held.of("a"))
    assert held.of("a") == (Exchange("Qui ?", growing=True),)


def test_what_was_forgotten_no_longer_grows(tmp_path: Path) -> None:
    held = Conversations(Records(tmp_path))
    place = held.begin("a", Exchange("Qui ?"), ())
    held.forget("a")
    assert not held.grow(place, GROWING)
    assert held.of("a") == ()


def test_a_vote_is_kept_also_on_what_was_said_before_the_program_was_started_anew(tmp_path: Path) -> None:
    held = Conversations(Records(tmp_path))
    held.grow(held.begin("a", Exchange("Qui ?"), ()), WHOLE)
    for began_anew in (held, Conversations(Records(tmp_path))):
        began_anew.vote("a", 0, 1)
        assert Conversations(Records(tmp_path)).of("a") == (replace(WHOLE, vote=1),)
        began_anew.vote("a", 0, 0)


def test_copies_of_the_program_go_on_with_the_same_conversation(tmp_path: Path, postgresql: Server) -> None:
    url = postgresql.create("conversations")
    records = [Records(tmp_path / copy, url) for copy in ("first", "second")]
    first, second = map(Conversations, records)
    first.grow(first.begin("a", Exchange("Qui ?"), first.of("a")), WHOLE)
    assert second.of("a") == (WHOLE,)
    asked = replace(WHOLE, question="Et ?")
    second.grow(second.begin("a", Exchange("Et ?"), second.of("a")), asked)
    assert first.of("a") == (WHOLE, asked)
    first.vote("a", 1, -1)
    assert second.of("a") == (WHOLE, replace(asked, vote=-1))
    second.stop("a")
    second.forget("a")
    assert first.of("a") == ()
    for each in records:
        each.close()
