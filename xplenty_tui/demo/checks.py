"""Validations of packages."""

from __future__ import annotations

from xplenty_tui.demo.account import Account
from xplenty_tui.demo.chance import between
from xplenty_tui.demo.records import Package, Validation

ERRORS = ("clean_1: unknown field 'consent'", "Invalid expression in line 5: missing )")


def of(account: Account, package: Package) -> list[Validation]:
    """Give the checks of a package, oldest first; those of the past are made up when first asked for."""
    known = account.validations.get(package.id)
    if known is None:
        known = account.validations[package.id] = []
        for index in range(between(1, 4, account.seed, package.id)):
            at = package.updated - (6 - index) * between(900, 5000, package.id, index)
            check = _make(account, package, at)
            _settle(check, between(8, 60, index, package.id), bad=between(1, 4, package.id, index) == 1)
    return known


def _make(account: Account, package: Package, at: int) -> Validation:
    known = account.validations[package.id]
    check = Validation(
        id=package.id * 100 + len(known) + 1,
        package=package,
        status="running",
        status_message=None,
        owner=package.owner,
        runtime=None,
        errors=(),
        created=at,
        updated=at,
    )
    known.append(check)
    return check


def _settle(check: Validation, runtime: int, *, bad: bool) -> None:
    check.status = "failed" if bad else "completed"
    check.status_message = "Syntax error in an expression" if bad else None
    check.errors = ERRORS if bad else ()
    check.runtime = runtime
    check.updated = check.created + runtime


def begin(account: Account, package: Package) -> Validation:
    """Start a check now."""
    of(account, package)
    return _make(account, package, account.now)


def finish(account: Account, check: Validation, _stamp: int) -> None:
    """Come to a result: a package whose schema is out of date is not valid."""
    _settle(check, max(1, account.now - check.created), bad=check.package.id % 5 == 2)
