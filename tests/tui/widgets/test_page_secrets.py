"""Masked values on a page: shown by hand, one at a time, and never longer than one looks at them."""

from __future__ import annotations

from tests.tui.widgets.test_page import PAGE, PageHost
from tests.tui.widgets.toys import drawn, on_screen
from xplenty_tui.core.declare import Row


async def test_a_masked_value_is_shown_by_hand_only_and_only_as_long_as_one_is_there() -> None:
    app = PageHost()
    async with app.run_test(size=(60, 24)) as pilot:
        await pilot.pause()
        page = app.page
        assert not page.reveal()
        page.go(10)
        assert "hunter2" not in "".join(drawn(page)) and page.current_text() == "••••••"
        assert page.reveal() and drawn(page)[10] == "   password  hunter2" and page.current_text() == "hunter2"
        app.show(PAGE)
        assert "hunter2" in drawn(page)[10], "a refresh does not mask it"
        assert page.reveal() and "hunter2" not in "".join(drawn(page))
        page.reveal()
        page.move(-1)
        assert "hunter2" not in "".join(drawn(page))
        page.move(1)
        assert "hunter2" not in "".join(drawn(page))
        assert on_screen(app) == drawn(page)


async def test_a_revealed_value_is_masked_again_when_its_row_goes() -> None:
    app = PageHost()
    async with app.run_test(size=(60, 24)) as pilot:
        await pilot.pause()
        app.page.go(10)
        app.page.reveal()
        app.show(PAGE[:7])
        app.show(PAGE)
        assert "hunter2" not in "".join(drawn(app.page))


async def test_a_secret_of_the_same_name_stays_masked() -> None:
    app = PageHost()
    async with app.run_test(size=(60, 24)) as pilot:
        await pilot.pause()
        app.page.go(10)
        app.page.reveal()
        app.show([*PAGE[:7], Row("••••••", label="password", secret="swordfish"), *PAGE[8:]])
        assert "swordfish" not in "".join(drawn(app.page)) and app.page.current_text() == "••••••"
