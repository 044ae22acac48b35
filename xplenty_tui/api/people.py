"""Who started a thing and who watches it."""

from __future__ import annotations

from xplenty_tui.api.wire import MaybeTime, Text, Wire


class Creator(Wire):
    """Who created a job or cluster: a user or a schedule."""

    id: int | str | None = None
    type: Text = ""
    """``User`` or ``Schedule``."""
    display_name: Text = ""
    url: Text = ""
    html_url: Text = ""


class Watcher(Wire):
    """A user who is notified about an item (Watchers: list)."""

    id: int | str
    display_name: Text = ""
    created_at: MaybeTime = None
    of: Text = ""
    """What is watched, ``jobs/304``. Ours: the answer is asked of that item, and does not repeat it."""


class Watch(Wire):
    """What the API answers when one starts to watch an item: no watcher, only since when, in a zone of its own."""

    created_at: MaybeTime = None
    job_url: Text = ""
    cluster_url: Text = ""
    schedule_url: Text = ""
