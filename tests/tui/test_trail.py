"""Back and forward: a browser's manners."""

from __future__ import annotations

from xplenty_tui.tui.trail import LONGEST, Spot, Trail


def spots(*names: str) -> list[Spot]:
    return [Spot("jobs", "jobs", name, name) for name in names]


def walked(*names: str) -> Trail:
    trail = Trail()
    for spot in spots(*names):
        trail.visit(spot)
    return trail


def test_back_and_forward() -> None:
    trail = walked("a", "b", "c")
    assert [trail.back(), trail.back(), trail.back()] == [*spots("b", "a"), None]
    assert trail.here == spots("a")[0]
    assert [trail.forward(), trail.forward(), trail.forward()] == [*spots("b", "c"), None]


def test_a_new_place_after_back_drops_what_lay_ahead() -> None:
    trail = walked("a", "b", "c")
    trail.back()
    trail.visit(spots("d")[0])
    assert trail.forward() is None
    assert [trail.back(), trail.back()] == spots("b", "a")


def test_arriving_where_back_led_is_no_new_visit() -> None:
    trail = walked("a", "b")
    trail.back()
    trail.visit(Spot("jobs", "jobs", "a", "its name came later"))
    assert trail.forward() == spots("b")[0]
    trail.back()
    assert trail.here is not None
    assert trail.here.title == "its name came later"


def test_recent_places_are_the_latest_once_each_without_this_one() -> None:
    trail = walked("a", "b", "a", "c")
    assert trail.recent(9) == spots("a", "b")
    assert trail.recent(1) == spots("a")
    trail.back()
    assert trail.recent(9) == spots("b", "c"), "what lies ahead was seen, too"


def test_the_oldest_are_forgotten_and_clear_forgets_all() -> None:
    trail = walked(*(str(number) for number in range(LONGEST + 5)))
    while (first := trail.back()) is not None:
        last = first
    assert last.key == "5"
    trail.clear()
    assert (trail.here, trail.back(), trail.forward(), trail.recent(3)) == (None, None, None, [])
