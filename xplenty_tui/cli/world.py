"""The demo world behind the screen (``--demo``) and on a port of this machine (``demo-api``)."""

from __future__ import annotations

import signal
import threading
import time
from argparse import ArgumentTypeError
from collections.abc import Sequence
from datetime import UTC, datetime

from pydantic import SecretStr

from xplenty_tui.cli.arguments import Parser, add_world, demo_of, number
from xplenty_tui.cli.console import FAILED, Console
from xplenty_tui.config.keep import DemoPlace
from xplenty_tui.config.launch import DemoOptions, Launch, Prepared
from xplenty_tui.config.paths import find
from xplenty_tui.config.read import load
from xplenty_tui.demo.faults import FAULTS, Faulty, fault
from xplenty_tui.demo.start import ACCOUNT, KEY, LIMIT, start
from xplenty_tui.demo.transport import DemoTransport

URL = "https://demo.invalid"
"""The address that stands for the world in this process; nothing is ever sent there."""


def prepare(launch: Launch) -> Prepared:
    """Make the world in this process and all that a session in it needs. Blocks; raises SettingsError."""
    settings = load(find(launch.environment).settings)
    world = launch.demo or DemoOptions()
    api, clock = start(world.seed, world.jobs, world.speed, time.monotonic, datetime.now(UTC))
    return Prepared(
        settings=settings,
        profile="demo",
        account=launch.account or ACCOUNT,
        url=URL,
        clock=clock,
        key=SecretStr(KEY),
        key_source="the demo",
        place=DemoPlace(),
        read_only=launch.read_only,
        transport=DemoTransport(api),
    )


def fault_of(text: str) -> tuple[str, float]:
    """Return what ``--fault`` names."""
    try:
        return fault(text)
    except ValueError as wrong:
        raise ArgumentTypeError(str(wrong)) from None


def demo_api_parser() -> Parser:
    """Return what reads the options of ``demo-api``."""
    parser = Parser(
        "xplenty-tui demo-api",
        "Serve the demo account over HTTP on this machine, for curl, wrappers and scripts.",
        "The first line is: http://127.0.0.1:PORT account=ACCOUNT key=KEY",
    )
    port = number(0, 65535, int, "a port")
    parser.add_argument("--port", metavar="N", type=port, default=0, help="the port; 0 takes one that is free (0)")
    limit = number(1, 1_000_000, int, "a whole number")
    parser.add_argument("--limit", metavar="N", type=limit, default=LIMIT, help=f"credits an hour ({LIMIT})")
    parser.add_argument(
        "--fault",
        metavar="KIND[@RATE]",
        type=fault_of,
        action="append",
        default=[],
        help=f"spoil answers: all, or a part (500@5%%); may stand several times. Kinds: {', '.join(FAULTS)}",
    )
    add_world(parser)
    return parser


def demo_api(argv: Sequence[str], console: Console) -> int:
    """Serve the demo account until SIGINT or SIGTERM; the first line says where, for people and scripts alike."""
    options = demo_api_parser().parse(argv)
    from xplenty_tui.demo.server import serve

    world = demo_of(options)
    api, _ = start(world.seed, world.jobs, world.speed, console.monotonic, console.clock(), limit=options.limit)
    try:
        server = serve(Faulty(api, options.fault) if options.fault else api, options.port)
    except OSError as error:
        console.complain(f"port {options.port} cannot be used: {(error.strerror or 'unknown reason').lower()}")
        return FAILED
    told = threading.Event()
    for ending in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ending, lambda *_: told.set())
    with server:
        console.say(f"{server.url} account={ACCOUNT} key={KEY}")
        told.wait()
    return 0
