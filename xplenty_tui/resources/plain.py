"""Text and links from HTML, as notifications have them, and which item an address of the web console is."""

from __future__ import annotations

from html.parser import HTMLParser
from urllib.parse import urlsplit

from xplenty_tui.api.text import clean
from xplenty_tui.core.declare import Context, Link

_BREAKS = frozenset({"br", "p", "div", "li", "ul", "ol", "tr", "table", "h1", "h2", "h3", "h4", "blockquote"})
_UNSEEN = frozenset({"script", "style"})


KINDS = frozenset({"jobs", "clusters", "schedules", "packages", "members", "connections", "hooks", "deliveries"})
"""Kinds whose pages have the same word in the console's addresses as here."""


class _Text(HTMLParser):
    """Collects what a person would read."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.targets: list[tuple[str, str]] = []
        """(address, text) of each link."""
        self._unseen: list[str] = []
        self._open: tuple[str, int] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Break the line at block elements; skip what no browser shows."""
        if tag in _UNSEEN:
            self._unseen.append(tag)
        elif tag in _BREAKS:
            self.pieces.append("\n")
        elif tag == "a" and (address := dict(attrs).get("href")):
            self._open = (address, len(self.pieces))

    def handle_endtag(self, tag: str) -> None:
        """End what no browser shows."""
        if self._unseen and self._unseen[-1] == tag:
            self._unseen.pop()
        elif tag == "a" and self._open is not None:
            address, start = self._open
            self.targets.append((address, "".join(self.pieces[start:])))
            self._open = None
        elif tag in _BREAKS:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        """Keep text."""
        if not self._unseen:
            self.pieces.append(data.replace("\n", " "))


def links_of(html: str | None) -> tuple[tuple[str, str], ...]:
    """Return address and text of each link in a piece of HTML, cleaned and on one line."""
    parser = _Text()
    parser.feed(html or "")
    parser.close()
    return tuple((clean(address).strip(), " ".join(clean(text).split())) for address, text in parser.targets)


def text_of(html: str | None) -> str:
    """Return the text of a piece of HTML, tags gone and entities read, cleaned again because ``&#27;`` is an escape."""
    parser = _Text()
    parser.feed(html or "")
    parser.close()
    read = clean("".join(parser.pieces))
    return "\n".join(flat for line in read.splitlines() if (flat := " ".join(line.split())))


def target(address: str, ctx: Context) -> tuple[Link | None, str]:
    """Return the item that an address of the console is about, and the account that it lies in.

    ``https://xplenty.com/acme/jobs/7`` and ``https://api.xplenty.com/acme/api/jobs/7`` are the same. The host is not
    looked at, and nothing is ever fetched from it. No link: another account's item, or no item at all.
    """
    try:
        path = urlsplit(address).path
    except ValueError:
        return None, ""
    parts = [part for part in path.split("/") if part]
    if len(parts) > 2 and parts[1] in ("api", "settings"):
        del parts[1]
    account, kind, key = (*parts, "", "", "")[:3]
    if kind == "connections" and len(parts) > 3:
        key = f"{key}/{parts[3]}"
    if kind not in KINDS or not key:
        return None, ""
    return (Link(kind, key) if account == ctx.account else None), account
