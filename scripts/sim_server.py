"""A demo server in a process of its own in which much can change at once: ``sim_server.py JOBS``.

Prints its address. ``storm COUNT`` on standard input lets that many jobs change in one moment and is answered with
``done``; the end of the input ends it.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from sim_world import SimWorld, storm

from xplenty_tui.demo.server import DemoServer


def main() -> None:
    """Serve until the input ends."""
    zero_s = time.monotonic()
    world = SimWorld(lambda: time.monotonic() - zero_s, jobs=int(sys.argv[1]))
    world.keep_running(20, 60)
    with DemoServer(world.api, 0) as server:
        print(server.url, flush=True)
        for line in sys.stdin:
            with server._http.lock:
                world.api.world.advance()
                storm(world.account, int(line.split()[1]), 0)
            print("done", flush=True)


if __name__ == "__main__":
    main()
