"""A disk that takes no more, for real (the system's limit on the size of files): nothing that was there is lost."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

FULL = """
import json, resource, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from xplenty_tui.config.errors import SettingsError
from xplenty_tui.config.memory import Memory, MemoryFile
from xplenty_tui.config.remember import add_profile
from xplenty_tui.config.settings import Profile
from xplenty_tui.core.journal import Entry, Journal, Outcome

folder, most = Path(sys.argv[1]), int(sys.argv[2])
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
_, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
told = {}
def entry(sentence):
    at = datetime(2026, 3, 2, 0, 0, len(sentence), tzinfo=UTC)
    return Entry(at=at, outcome=Outcome.DONE, account="acme", action="jobs.stop", sentence=sentence)
journal, memory = Journal(folder / "journal.jsonl"), MemoryFile(folder)
journal.write(entry("a"))
memory.save("work", Memory(section="jobs"))
add_profile(folder / "config.toml", "work", Profile(account="acme"))
resource.setrlimit(resource.RLIMIT_FSIZE, (most, hard))
journal.write(entry("bb"))
told["journal"] = journal.problem
told["remembered"] = [one.sentence for one in journal.newest(9)]
memory.save("work", Memory(section="clusters"))
told["memory"], told["section"] = memory.problem, MemoryFile(folder).load("work").section
try:
    add_profile(folder / "config.toml", "more", Profile(account="other"))
except SettingsError as error:
    told["config"] = str(error)
resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
journal.write(entry("ccc"))
told["later"], told["whole"] = journal.problem, [one.sentence for one in Journal(journal.path).newest(9)]
print(json.dumps(told))
"""


@pytest.mark.parametrize("most", [0, 5, 60], ids="{} bytes".format)
def test_nothing_is_lost_on_a_disk_that_takes_no_more(tmp_path: Path, most: int) -> None:
    argv = [sys.executable, "-c", FULL, str(tmp_path), str(most)]
    done = subprocess.run(argv, cwd=ROOT, capture_output=True, text=True, check=True)
    told = json.loads(done.stdout)
    assert (
        told["journal"].startswith("The journal cannot be written (")
        and "remembered until you leave" in told["journal"]
    )
    assert told["remembered"] == ["bb", "a"], "what was done is still told"
    assert told["memory"].startswith("What you chose here is not kept: ")
    assert told["section"] == "jobs", "the file is as it was"
    assert "the profile more could not be written" in told["config"]
    assert (tmp_path / "config.toml").read_text() == 'version = 1\n\n[profiles.work]\naccount = "acme"\n'
    assert told["later"] == "" and told["whole"] == ["ccc", "bb", "a"], "what waited is written"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["config.toml", "journal.jsonl", "screen.json"]
