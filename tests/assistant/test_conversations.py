from __future__ import annotations

from assistant import conversations
from assistant.conversations import Conversations, Exchange, turns


def test_each_visitor_has_a_conversation_until_it_is_forgotten() -> None:
    held = Conversations()
    held.keep("a", [Exchange("Qui ?"), Exchange("Et ?")])
    assert [turn.question for turn in turns(held.of("a"))] == ["Qui ?", "Et ?"]
    assert held.of("b") == ()
    held.keep("a", [])
    assert held.of("a") == ()


def test_the_conversation_left_alone_for_longest_goes_first() -> None:
    held = Conversations()
    for name in ("first", "second"):
        held.keep(name, [Exchange("Qui ?")])
    held.keep("first", [Exchange("Quoi ?")])
    for number in range(conversations.MOST - 1):
        held.keep(str(number), [Exchange("Qui ?")])
    assert held.of("first")
    assert not held.of("second")
