"""Whatever a debugger, a log line or a traceback prints of the running program: no object of it shows the key."""

from __future__ import annotations

import gc

from tests.tui.host import running
from xplenty_tui.demo.start import KEY

OURS = ("xplenty_tui.", "httpx", "httpcore", "pydantic")
THEIRS = ("xplenty_tui.demo.",)
"""The demo's world is the server: it knows the key that it takes."""


async def test_no_object_of_the_running_program_shows_the_key():
    async with running(screen="jobs", jobs=40) as host:
        await host.press("enter")
        await host.until(lambda: host.depth == 2)
        await host.settle()
        client = host.app.session.client
        assert client._door.key.get_secret_value() == KEY
        gc.unfreeze()  # what was there when the first rows stood is kept aside
        kinds = set()
        for one in gc.get_objects():
            kind = type(one)
            module = getattr(kind, "__module__", None) or ""
            if module.startswith(OURS) and not module.startswith(THEIRS):
                kinds.add(kind.__name__)
                assert KEY not in repr(one) + str(one), kind
        assert {"Client", "Door", "AsyncClient", "Prepared", "Launch", "XplentyApp", "Session"} <= kinds
