"""The zones in which times are shown: this host's, UTC, or the account's; each with a short name."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

LOCAL, UTC_NAME, ACCOUNT = "local", "UTC", "account"
_OFFSET = re.compile(r"([+-])(\d\d):?([0-5]\d)")


class HostZone(tzinfo):
    """This host's zone by the rules of its C library: unlike a fixed offset it is right on both sides of a change."""

    def utcoffset(self, dt: datetime | None) -> timedelta | None:
        """Return the distance to UTC at a local time."""
        if dt is None:
            return None
        return timedelta(seconds=self._local(dt).tm_gmtoff or 0)

    def dst(self, dt: datetime | None) -> timedelta | None:
        """Return the part of the offset that is summer time, as far as the C library tells it."""
        return None if dt is None else timedelta(hours=1 if self._local(dt).tm_isdst > 0 else 0)

    def tzname(self, dt: datetime | None) -> str | None:
        """Return the zone's short name at a local time: ``CET``, ``CEST``."""
        return None if dt is None else self._local(dt).tm_zone

    def fromutc(self, dt: datetime) -> datetime:
        """Return the local time of a time in UTC."""
        stamp = (dt.replace(tzinfo=UTC) - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds()
        try:
            offset = time.localtime(stamp).tm_gmtoff
        except (OverflowError, ValueError, OSError):
            offset = 0
        local = dt + timedelta(seconds=offset or 0)
        return local if self.utcoffset(local) == timedelta(seconds=offset or 0) else local.replace(fold=1)

    @staticmethod
    def _local(dt: datetime) -> time.struct_time:
        """Return what the C library makes of a local time; of one that comes twice ``fold`` says which."""
        fields = (dt.year, dt.month, dt.day, dt.hour, dt.minute, dt.second, 0, 0)
        try:
            return time.localtime(time.mktime((*fields, 0 if dt.fold else -1)))
        except (OverflowError, ValueError, OSError):
            return time.gmtime(0)


def named(name: str) -> tzinfo | None:
    """Return the zone with an IANA name (``Europe/Budapest``) or a distance to UTC (``+0545``); None: there is none."""
    if name in ("", UTC_NAME, "Etc/UTC"):
        return UTC if name else None
    if fixed := _OFFSET.fullmatch(name):
        apart = timedelta(hours=int(fixed[2]), minutes=int(fixed[3]))
        return timezone(-apart if fixed[1] == "-" else apart) if apart < timedelta(days=1) else None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def told(name: str, info: Mapping[str, Any]) -> str:
    """Return the name of the zone that the API tells of a user (``time_zone``, ``time_zone_info``) for ``named``.

    The offset comes last: it is right on one side of a change of the clock only. Empty when this host knows none.
    """
    for one in (info.get("identifier"), name, info.get("offset")):
        if isinstance(one, str) and named(one) is not None:
            return one
    return ""


def short(zone: tzinfo, now: datetime) -> str:
    """Return what the zone is called now, in few cells: ``CET``, ``UTC``, ``UTC-03``."""
    name = now.astimezone(zone).tzname() or LOCAL
    return f"UTC{name}" if name[0] in "+-" else name
