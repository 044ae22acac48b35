"""From when on something is a problem. A person sets these under ``[triage]``; the rules get them handed in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """All thresholds of the rules; the same names and defaults as the ``[triage]`` group of the settings."""

    failed_hours: float = 24.0
    """Hours for which a failure, or a cluster in error, is news."""
    usual_runs: int = 5
    """Completed runs of a package from which on its usual runtime says something."""
    longer_than_usual: float = 1.5
    """Times the usual (median) runtime; the run must also be above the 95th percentile."""
    waiting_minutes: float = 15.0
    """Minutes that a job may wait to begin."""
    stopping_minutes: float = 10.0
    """Minutes that stopping a job may take."""
    starting_minutes: float = 20.0
    """Minutes that a cluster may take to become available."""
    ending_minutes: float = 20.0
    """Minutes that terminating a cluster may take."""
    idle_minutes: float = 30.0
    """Minutes that a cluster which does not terminate by itself may be idle."""
    overdue_minutes: float = 5.0
    """Minutes after its time from which on a schedule's run is overdue."""
    disabled_days: float = 3.0
    """Days for which it is news that a schedule that worked was disabled."""
    overlapping_runs: int = 2
    """Runs of one schedule and package at the same time from which on they pile up."""
    daily_days: int = 5
    """Days in a row on which a package ran by a time of the day, so that it is missed on the next one."""
    trial_days: float = 14.0
    """Days before its end from which on a trial is told."""
    credits_percent: float = 10.0
    """Percent of the hour's credits below which there are few."""


LIMITS = Limits()
"""As they are when nobody sets them."""
