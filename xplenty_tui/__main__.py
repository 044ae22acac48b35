"""The entry point: arguments → settings → secret → client or demo → screen; exit codes."""

from __future__ import annotations

import sys


def main() -> int:
    """Run the program and return its exit status."""
    from xplenty_tui.tui.app import XplentyApp

    app = XplentyApp()
    app.run()
    return app.return_code or 0


if __name__ == "__main__":
    sys.exit(main())
