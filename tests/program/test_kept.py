"""What a person set and chose, for real: keys of the configuration, and what is there again at the next start."""

from __future__ import annotations

from pathlib import Path

from tests.program.served import program
from tests.program.test_pty import server

__all__ = ["server"]
PROFILE = '[profiles.main]\naccount = "{account}"\nurl = "{url}"\nproduction = true\ncolour = "yellow"\n'


def settings(folder: Path, text: str) -> dict[str, str]:
    """Write the configuration; return where it is."""
    file = folder / "xplenty-tui" / "config.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    return {"XDG_CONFIG_HOME": str(folder), "XDG_STATE_HOME": str(folder / "state")}


def test_two_commands_on_one_key_are_told_in_a_sentence(server, tmp_path):
    env = {**server.environment, **settings(tmp_path, '[keys]\n"pause" = "q"\n')}
    with program(env=env, cols=80, rows=24) as terminal:
        assert terminal.exit() == 2
        assert "q is bound to both" in terminal.text().replace("\n", "")
        assert 1049 not in terminal.modes
        assert terminal.discipline == terminal.before


def test_keys_and_choices_of_a_profile_are_there_at_the_next_start(server, tmp_path):
    profile = PROFILE.format(account=server.account, url=server.environment["XPLENTY_API_URL"])
    where = settings(tmp_path, f'{profile}[profiles.other]\naccount = "{server.account}"\n[keys]\n"sort" = "ctrl+o"\n')
    env = {**server.environment, **where}
    with program("--profile", "main", env=env, cols=100, rows=30) as terminal:
        terminal.wait(r"live")
        terminal.keys("2")
        terminal.wait(r"▸2 ")
        terminal.wait(r"completed +\d")
        terminal.keys("/")
        terminal.wait(r"/ status:failed")
        terminal.type("status:completed\r")
        terminal.wait(r"Jobs  / status:completed")
        terminal.keys("ctrl+o")
        terminal.wait(r"Sort by")
        terminal.type("runtime\r")
        terminal.wait(r"RUNTIME▼")
        terminal.keys("Z")
        terminal.wait(r"Times are shown in UTC")
        terminal.keys("q")
        assert terminal.exit() == 0
    with program("--profile", "main", env=env, cols=100, rows=30) as terminal:
        terminal.wait(r"MAIN .*▸2 Jobs")
        terminal.wait(r"Jobs  / status:completed")
        terminal.wait(r"RUNTIME▼")
        terminal.keys("q")
        assert terminal.exit() == 0
    with program("--profile", "other", env=env, cols=100, rows=30) as terminal:
        terminal.wait(r"other .*▸1 Triage")
        terminal.keys("q")
        assert terminal.exit() == 0
