from __future__ import annotations

from assistant.page import visitor_store
from assistant.page.visitor_store import VisitorStore


def test_each_visitor_has_a_list_until_it_is_forgotten() -> None:
    held = VisitorStore[str]()
    held.keep("a", ["Qui ?", "Et ?"])
    assert held.of("a") == ("Qui ?", "Et ?")
    assert held.of("b") == ()
    held.keep("a", [])
    assert held.of("a") == ()


def test_the_visitor_left_alone_for_longest_goes_first() -> None:
    held = VisitorStore[int]()
    for name in ("first", "second"):
        held.keep(name, [1])
    held.keep("first", [2])
    for number in range(visitor_store.MOST - 1):
        held.keep(str(number), [number])
    assert held.of("first") == (2,)
    assert held.of("second") == ()


def test_the_latest_things_are_kept() -> None:
    held = VisitorStore[int]()
    for number in range(4):
        held.add("a", number, 3)
    assert held.of("a") == (1, 2, 3)
