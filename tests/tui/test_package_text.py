"""A package edited as text: a diff before anything is sent, no word lost in what is wrong or refused."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.tui.acting import asked, at, outcomes
from tests.tui.form_keys import Refusing, over, wrote
from tests.tui.host import running
from xplenty_tui.core.journal import Outcome
from xplenty_tui.tui.editor import Edited

BAD, ABOUT = "412", "Orders and their lines from S3 into redshift.orders"


class Editor:
    """The person's editor: does one thing after another to the texts that it is given, then leaves them alone."""

    def __init__(self, *deeds: Callable[[str], str]) -> None:
        self.deeds, self.seen, self.lines = list(deeds), list[str](), list[int | None]()

    async def __call__(self, _app, text: str, line: int | None = None, **_) -> Edited:
        self.seen.append(text)
        self.lines.append(line)
        after = self.deeds.pop(0)(text) if self.deeds else text
        return Edited(after, ok=True, changed=after != text)


@pytest.fixture
def editor(monkeypatch: pytest.MonkeyPatch) -> Editor:
    """Lend nobody the terminal, which a test has not."""
    made = Editor()
    monkeypatch.setattr("xplenty_tui.tui.editor.edit", made)
    return made


async def test_a_text_is_edited_shown_as_a_diff_and_only_the_change_is_sent(editor: Editor):
    editor.deeds = [lambda text: text.replace("Orders and their lines", "All orders")]
    async with running(screen="packages") as host:
        await at(host, BAD)
        await host.press("E")
        box = await asked(host)
        assert "The package's name" in editor.seen[0] and "orders_to_redshift" in editor.seen[0]
        for said in ("412 orders_to_redshift", "acme / demo", "Costs 1 credit.", "description: ", "→ ", "All orders"):
            assert said in box.text
        assert not wrote(host)
        await host.press("y")
        await over(host)
        assert wrote(host) == [
            (f"PUT /packages/{BAD}", {"description": ABOUT.replace("Orders and their lines", "All orders")})
        ]
        assert host.held("packages").items[BAD].description.startswith("All orders")


async def test_a_wrong_text_is_opened_again_at_its_line_with_nothing_lost(editor: Editor):
    editor.deeds = [
        lambda text: text.replace('name = "orders_to_redshift"', "name = orders"),
        lambda text: text.replace("name = orders", 'nome = "orders"'),
        lambda text: text.replace("nome", "name"),
    ]
    async with running(screen="packages") as host:
        await at(host, BAD)
        await host.press("E")
        box = await asked(host)
        assert editor.lines[0] is None
        for seen, line, said in zip(
            editor.seen[1:], editor.lines[1:], ("is not TOML", "did you mean name"), strict=True
        ):
            assert seen.startswith("#! Line") and said in seen.splitlines()[0]
            assert re.match(r"n[ao]me = ", seen.splitlines()[line - 1]) and ABOUT in seen
        assert 'name: "orders_to_redshift" → "orders"' in box.text
        await host.press("enter")
        await over(host)
        assert not wrote(host), "Cancel is the answer"


async def test_a_refusal_stands_at_the_top_of_the_text_and_an_unchanged_text_sends_nothing(editor: Editor):
    editor.deeds = [lambda text: text.replace('"orders_to_redshift"', '"orders"')]
    async with running(screen="packages") as host:
        host.line.world = Refusing(host.line, {"name": ["has been taken"]})
        await at(host, BAD)
        await host.press("E")
        await asked(host)
        await host.press("y")
        await over(host)
        assert len(editor.seen) == 2
        assert editor.seen[1].startswith("#! ") and "has been taken" in editor.seen[1].splitlines()[0]
        assert 'name = "orders"' in editor.seen[1]
        assert len(wrote(host)) == 1, "it was left as it was"
        await host.press("E")
        await host.see("Nothing was changed, so nothing was sent")
        assert len(wrote(host)) == 1 and outcomes(host) == [Outcome.ASKED, Outcome.REFUSED]
