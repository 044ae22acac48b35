"""The first run: an account and a key are typed, tested with one free call, and kept or used this once.

The key is in its field and in ``SecretStr`` only: it is never drawn, copied, said or put into a title.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Input

from xplenty_tui.api.errors import ApiError
from xplenty_tui.config import paths
from xplenty_tui.config.command import check_key
from xplenty_tui.config.errors import BadKey, KeyringTrouble, SettingsError
from xplenty_tui.config.settings import Settings, is_slug
from xplenty_tui.core.declare import Tone
from xplenty_tui.tui.background import in_daemon
from xplenty_tui.tui.commands import ANYWHERE, Command
from xplenty_tui.tui.explain import explain
from xplenty_tui.tui.screens.connect_form import Action, Field, Wish, Words, hint, label
from xplenty_tui.tui.screens.connect_trial import Typed, advice, ask, keep, place
from xplenty_tui.tui.screens.place import Place
from xplenty_tui.tui.widgets.bar import Bar, Span

ROOMY = 32
"""Lines of a screen on which why there is no key and what came of a test have room side by side."""


class ConnectPlace(Place):
    """Asks for an account and a key when none was found. Works without a session."""

    DEFAULT_CSS = """
    ConnectPlace { padding: 1 2 0 2; overflow-y: auto; }
    ConnectPlace Horizontal { height: 1; }
    ConnectPlace .label { width: 10; }
    ConnectPlace .hint { padding-left: 10; }
    ConnectPlace Field { width: 1fr; max-width: 64; height: 1; border: none; padding: 0; background: $surface; }
    ConnectPlace Field:focus { border: none; background: $panel; }
    ConnectPlace Action { height: 1; margin-right: 2; }
    ConnectPlace #profile, ConnectPlace #actions, ConnectPlace #result { margin-top: 1; }
    ConnectPlace #keys { dock: bottom; }
    """
    name_ = "connect"
    scopes = ("connect", ANYWHERE)

    def __init__(self) -> None:
        super().__init__()
        self._account = Field("your account's id")
        self._key = Field("type or paste it", password=True)
        self._test = Action("Test")
        self._keep = Action("Remember in keyring")
        self._once = Action("This session only")
        self._why, self._result = Words(id="why"), Words(id="result")
        self._profile = Bar(indent=0)
        self._doing = ""
        """What is under way: "test", "keep", "enter" or nothing."""
        self._passed = False
        """A test went well, and nothing was changed since."""

    def compose(self) -> ComposeResult:
        """Draw the form."""
        yield self._why
        yield Horizontal(label("Profile"), self._profile, id="profile")
        yield Horizontal(label("Account"), self._account)
        yield hint("the id in the web console's addresses: acme in …/acme/jobs")
        yield Horizontal(label("API key"), self._key)
        yield hint("from your settings in the web console; never shown here")
        yield Horizontal(self._test, self._keep, self._once, id="actions")
        yield self._result
        yield Words(id="keys")

    def on_mount(self) -> None:
        """Say why this place is here."""
        self.query_one("#keys", Words).tell(
            ("tab ↑ ↓ move · enter in the key field tests · esc leaves it, then q quits", Tone.DIM)
        )
        self._show()

    def path(self) -> tuple[str, ...]:
        """Return the title."""
        return ("Connect to Xplenty",)

    def offers(self, command: Command) -> bool:
        """Tell whether a command does anything without a session."""
        return command.id in {"help", "quit", "account"}

    def entered(self) -> None:
        """Take the keys: the first empty field, or the test when both are filled."""
        self._doing = ""
        self.call_after_refresh(self._first)

    def _first(self) -> None:
        self._show()
        empty = next((field for field in (self._account, self._key) if not field.value.strip()), None)
        (empty or self._test).focus()

    def _tell(self, *spans: Span) -> None:
        """Say what came of it; on a low screen it takes the room of why the place is here."""
        self._result.tell(*spans)
        self._show()

    def _show(self) -> None:
        """Draw what the start found out; what is typed stays."""
        prepared = self.program.prepared
        if prepared is None:
            self._why.tell(("The settings are being read…", Tone.DIM))
            return
        problems = prepared.problems or ("There is no API key yet.",)
        spans: list[Span] = [("Connect to Xplenty", Tone.STRONG), (": no API key was found.", Tone.PLAIN)]
        if not self._result.text or self.app.size.height >= ROOMY:
            spans.append(("\n".join(("", *(f"· {sentence}" for sentence in problems))), Tone.PLAIN))
        self._why.tell(*spans)
        self._profile.show([(prepared.profile, Tone.PLAIN), (f"  at {prepared.url}", Tone.DIM)])
        if not self._account.value:
            self._account.value = prepared.account

    # Moving.

    def ring(self) -> Sequence[Widget]:
        """Return what can have the focus, in order."""
        return (self._account, self._key, self._test, self._keep, self._once)

    def step(self, steps: int) -> None:
        """Move the focus, around the ends."""
        ring = self.ring()
        here = next((index for index, widget in enumerate(ring) if widget.has_focus), -1 if steps > 0 else 0)
        ring[(here + steps) % len(ring)].focus()

    def do_cursor_down(self) -> None:
        """To the next."""
        self.step(1)

    def do_cursor_up(self) -> None:
        """To the one before."""
        self.step(-1)

    def do_cursor_home(self) -> None:
        """To the first field."""
        self._account.focus()

    def do_cursor_end(self) -> None:
        """To the last action."""
        self._once.focus()

    do_cursor_page_down = do_cursor_half_down = do_cursor_end
    do_cursor_page_up = do_cursor_half_up = do_cursor_home

    def do_refresh(self) -> None:
        """Test once more."""
        self.test()

    def on_wish(self, wish: Wish) -> None:
        """Do what a key of a field or an action means."""
        wish.stop()
        if wish.what == "leave":
            self._test.focus()
        elif wish.what == "press":
            self._press()
        else:
            self.step(1 if wish.what == "next" else -1)

    def _press(self) -> None:
        if self._account.has_focus:
            self._key.focus()
        elif self._keep.has_focus:
            self.keep()
        elif self._once.has_focus:
            self.once()
        else:
            self.test()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Drop what was found out about what stood here before; complaints stay while they are seen to."""
        event.stop()
        if self._doing == "test":
            self._stop()
            self._tell(("Changed while it was tested: enter in the key field tests again.", Tone.DIM))
        elif self._passed:
            self._passed = False
            self._tell()

    # Doing.

    def test(self) -> None:
        """Ask the API, with one call that costs no credit, whether it takes the key."""
        typed = None if self._doing else self._read()
        if typed is not None:
            self._doing, self._passed = "test", False
            self._tell((f"Testing {typed.account} with one call that costs no credit…", Tone.BUSY))
            self.run_worker(self._ask(typed), name="connect test", group="connect")

    def keep(self) -> None:
        """Store the key in the keyring, then enter."""
        if self._doing == "test":
            self._stop()
        typed = None if self._doing else self._read()
        if typed is not None:
            self._doing = "keep"
            self._tell(("Asking the keyring to keep the key…", Tone.BUSY))
            self.run_worker(self._store(typed), name="connect keep", group="connect")

    def once(self) -> None:
        """Enter; the key is forgotten at the end."""
        if self._doing == "test":
            self._stop()
        typed = None if self._doing else self._read()
        if typed is not None:
            self._enter(typed, typed.prepared.settings, "typed for this session")

    def _stop(self) -> None:
        self._doing = ""
        self.workers.cancel_group(self, "connect")

    def _read(self) -> Typed | None:
        """Return what is typed; None, with the reason said and the field in focus, when it cannot be meant."""
        prepared, account = self.program.prepared, self._account.value.strip()
        field, why = self._account, ""
        if prepared is None:
            why = "The settings are still being read; a moment."
        elif not account:
            why = "The account id is missing: it is the word in the web console's addresses."
        elif not is_slug(account):
            why = "This is no account id: it is one word of the address, of letters, digits, '-', '_' and '.'."
        else:
            try:
                return Typed(prepared, account, check_key(self._key.value, "the key field"))
            except BadKey as problem:
                field, why = self._key, problem.sentence
        self._passed = False
        self._tell((why, Tone.BAD))
        field.focus()
        return None

    async def _ask(self, typed: Typed) -> None:
        try:
            said = await ask(typed)
        except ApiError as problem:
            self._tell((explain(problem).what, Tone.BAD), (f" {advice(problem)}", Tone.PLAIN))
        else:
            self._passed = True
            self._tell((said, Tone.GOOD), (" Now keep it in the keyring, or use it for this session only.", Tone.PLAIN))
        self._doing = ""

    async def _store(self, typed: Typed) -> None:
        file = paths.find(self.program.launch.environment).settings
        try:
            said, settings = await in_daemon(lambda: keep(typed, file))
        except KeyringTrouble as trouble:
            self._tell((trouble.sentence, Tone.WARN), ("\nThis session only works now.", Tone.PLAIN))
        except SettingsError as problem:
            self._tell(
                (f"{problem.sentence}.", Tone.BAD),
                (
                    "\n`xplenty-tui login --profile NAME` keeps it under another name; This session only works now.",
                    Tone.PLAIN,
                ),
            )
        else:
            self.program.say(said, Tone.GOOD)
            self._enter(typed, settings, "keyring")
            return
        self._doing = ""

    def _enter(self, typed: Typed, settings: Settings, source: str) -> None:
        """Hand over. The application does it, because what this place runs ends with this place."""
        self._doing = "enter"
        self._tell((f"Opening {typed.account}…", Tone.BUSY))
        ready = replace(
            typed.prepared,
            settings=settings,
            account=typed.account,
            key=typed.key,
            key_source=source,
            place=place(typed, settings, source),
            problems=(),
        )
        self.program.run_worker(self.program.enter(ready), name="enter", group="enter", exclusive=True)
