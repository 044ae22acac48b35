"""Packages made and changed by calls."""

from __future__ import annotations

from dataclasses import replace

from xplenty_tui.demo import reference
from xplenty_tui.demo.account import Account
from xplenty_tui.demo.params import Params
from xplenty_tui.demo.records import Package
from xplenty_tui.demo.replies import invalid

FLOW_TYPES = ("dataflow", "workflow")
QUICK = 60
"""Seconds that a package of nothing runs."""


def create(account: Account, params: Params) -> Package:
    """Make a package: a copy of ``source_package_id``, from ``package_template_id``, or empty."""
    id_ = max(account.packages) + 1
    source = params.raw("source_package_id")
    template = params.raw("package_template_id")
    if template is not None and template not in [each["id"] for each in reference.TEMPLATES]:
        raise invalid("package_template_id is not a template.")
    if source is not None:
        original = account.packages.get(params.whole("source_package_id", 0, 0))
        if original is None:
            raise invalid("source_package_id is not a package.")
        package = replace(original, name=f"Copy of {original.name}", broken=None, status="active")
    else:
        flow_type = params.choice("flow_type", FLOW_TYPES, "dataflow")
        package = Package(
            id_, "Untitled", None, "active", QUICK, (), {}, (), 0.0, account.me, 0, 0, (), None, flow_type
        )
    package.id, package.owner, package.created = id_, account.me, account.now
    change(account, params, package)
    account.packages[id_] = package
    return package


def change(account: Account, params: Params, package: Package) -> None:
    """Take over what a call says of a package."""
    variables = params.raw("variables")
    if variables is not None:
        if not isinstance(variables, dict):
            raise invalid("variables is not an object.")
        package.variables = {str(name): str(value) for name, value in variables.items()}
    package.name = params.text("name") or package.name
    package.description = params.text("description") or package.description
    package.updated = account.now
