"""The program with a witness in it: what it writes, starts and connects to is noted by Python itself (audit events)."""

from __future__ import annotations

import base64
import json
import os
import re
import sys
from pathlib import Path
from urllib.parse import quote

from tests.conftest import ROOT
from tests.terminal import Terminal

WITNESS = """
import os, sys
notes = os.open(os.environ.pop("WITNESS"), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
import json
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
def witness(event, args):
    if event == "open" and not (isinstance(args[2], int) and args[2] & WRITES):
        return
    if event in ("open", "os.rename", "os.link", "os.symlink", "os.mkdir", "subprocess.Popen", "os.exec", "os.fork",
                 "os.forkpty", "os.posix_spawn", "os.system", "socket.connect", "socket.getaddrinfo", "socket.sendto",
                 "webbrowser.open", "urllib.Request"):
        os.write(notes, (json.dumps([event, [repr(arg) for arg in args]]) + "\\n").encode())
sys.addaudithook(witness)
"""
"""Runs before the program; ``WITNESS`` names the file of notes and is not there any more when the program looks."""

RUN = "import xplenty_tui.__main__ as m\nsys.argv[0] = 'xplenty-tui'\nsys.exit(m.main())\n"
CLIPBOARD = re.compile(rb"\x1b\]52;[^;]*;([A-Za-z0-9+/=]+)")


class Watched(Terminal):
    """The program on a terminal; keeps every byte that it wrote there, and what its witness noted."""

    def __init__(self, folder: Path, *argv: str, env: dict[str, str], before: str = "", **size: int) -> None:
        self.raw = b""
        self.notes_file = folder / "witness.jsonl"
        code = WITNESS + before + RUN
        super().__init__(
            [sys.executable, "-c", code, *argv], env={**env, "WITNESS": str(self.notes_file)}, cwd=ROOT, **size
        )

    def _feed(self, text: str) -> None:
        self.raw += text.encode()
        super()._feed(text)

    @property
    def written(self) -> bytes:
        """What the terminal got, and in clear what went to the clipboard of whoever sits at it."""
        copied = b"".join(base64.b64decode(found) for found in CLIPBOARD.findall(self.raw))
        return self.raw + b"\n" + copied + b"\n" + self.title.encode() + self.text().encode()

    def notes(self) -> list[tuple[str, list[str]]]:
        """Return the events that were noted, each with its arguments as ``repr`` shows them."""
        return [tuple(json.loads(line)) for line in self.notes_file.read_text().splitlines()]

    def seen(self, event: str) -> list[list[str]]:
        """Return the arguments of all events of a name."""
        return [args for name, args in self.notes() if name == event]

    def kernel(self) -> bytes:
        """Return what everybody on the host can read of the process: its arguments and its name."""
        process = Path(f"/proc/{self.process.pid}")
        return b"\n".join((process / name).read_bytes() for name in ("cmdline", "comm"))


def forms(key: str) -> list[bytes]:
    """Return how a key may stand somewhere: as it is, as HTTP sends it, reversed, in an address, in hexadecimal."""
    basic = base64.b64encode(f"{key}:".encode())
    return [key.encode(), basic, basic.rstrip(b"="), base64.b64encode(key.encode()), key[::-1].encode(),
            quote(key, safe="").encode(), key.encode().hex().encode()]  # fmt: skip


def holding(key: str, *texts: bytes) -> list[bytes]:
    """Return the forms of the key that stand in any of the texts."""
    return [form for form in forms(key) if any(form in text for text in texts)]


def files_with(key: str, *folders: Path) -> list[str]:
    """Return the files under the folders that hold the key, by content or by name."""
    found = []
    for folder in folders:
        for path in folder.rglob("*"):
            content = path.read_bytes() if path.is_file() and not path.is_symlink() else b""
            if holding(key, content, os.fsencode(path.name)):
                found.append(str(path))
    return found


BY_FOLDER = re.compile(r"'[0-9a-f]{16}-\d+\.json(\.new)?'")
"""The sessions' own files, which are opened by the descriptor of their folder (refresh/together.py)."""


def outside(notes: list[list[str]], *folders: Path) -> list[str]:
    """Return the files that were opened for writing and lie in none of the folders: devices and bytecode aside."""
    kept = ("'/dev/", *(repr(str(folder))[:-1] + "/" for folder in folders))
    names = [args[0] for args in notes if args[0].startswith("'")]  # numbers are descriptors of what is open already
    return [name for name in names if not (name.startswith(kept) or "__pycache__" in name or BY_FOLDER.fullmatch(name))]
