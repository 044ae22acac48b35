"""Calls on packages and their validations."""

from __future__ import annotations

import json
from itertools import pairwise
from operator import attrgetter
from typing import Any

from xplenty_tui.demo import checks, packaging, reference, search, show
from xplenty_tui.demo.call import Call
from xplenty_tui.demo.records import Package
from xplenty_tui.demo.replies import Answer, invalid, missing
from xplenty_tui.demo.search import Attribute
from xplenty_tui.demo.show import Frame

ATTRIBUTES = {
    "id": Attribute("word", lambda package: [package.id]),
    "name": Attribute("text", lambda package: [package.name]),
    "description": Attribute("text", lambda package: [package.description or ""]),
    "user": Attribute("text", lambda package: [package.owner.name]),
    "created": Attribute("date", lambda package: [package.created]),
    "modified": Attribute("date", lambda package: [package.updated]),
}
SORTS = {
    "id": attrgetter("id"),
    "name": attrgetter("name", "id"),
    "updated": attrgetter("updated", "id"),
    "created": attrgetter("created", "id"),
}
LIST_SORTS = {**SORTS, "updated_at": SORTS["updated"], "created_at": SORTS["created"]}


def _find(call: Call) -> Package:
    return call.find(call.account.packages, "package")


def _wants_flow(call: Call) -> bool:
    return "flow" in (call.params.text("include") or "").split(",")


def _flow(package: Package) -> dict[str, Any]:
    """Draw the package as a graph of components, in the form in which it is exported."""
    if package.steps:
        names = [f"run_{step.name}" for step in package.steps]
        parts = [{"name": name, "type": "run_package_component"} for name in names]
    else:
        parts = [{"name": "source_1", "type": "source_component"}, {"name": "clean_1", "type": "select_component"}]
        parts += [
            {"name": f"destination_{index}", "type": target.type} for index, target in enumerate(package.targets, 1)
        ]
        names = [part["name"] for part in parts]
    edges = [{"source": a, "target": b} for a, b in pairwise(names)]
    return {"components": parts, "edges": edges}


def list_(call: Call) -> Answer:
    """List Packages: active ones, unless archived ones are asked for."""
    status = call.params.choice("status", ("active", "archived"), "active")
    flow_type = call.params.choice("flow_type", ("workflow", "dataflow", "all"), "all")
    packages = [
        package
        for package in call.account.packages.values()
        if package.status == status and flow_type in ("all", package.flow_type)
    ]
    packages.sort(key=SORTS["created"])
    frame, flow = Frame(call.account, call.host), _wants_flow(call)

    def draw(package: Package) -> dict[str, Any]:
        data = show.package(frame, package)
        return {**data, "data_flow_json": json.dumps(_flow(package))} if flow else data

    return call.page(call.sorted_list(packages, keys=LIST_SORTS), draw)


def find(call: Call) -> Answer:
    """Search Packages, archived ones too."""
    frame = Frame(call.account, call.host)
    packages = list(call.account.packages.values())
    return search.answer(call, packages, ATTRIBUTES, lambda item: show.package(frame, item), sorts=SORTS)


def get(call: Call) -> Answer:
    """Get Package Information."""
    package = _find(call)
    data = show.package(Frame(call.account, call.host), package, whole=True)
    if _wants_flow(call):
        data["data_flow_json"] = json.dumps(_flow(package))
    return Answer(data)


def export(call: Call) -> Answer:
    """Export Package: everything that it is made of."""
    package = _find(call)
    return Answer(
        {
            "name": package.name,
            "description": package.description,
            "flow_type": package.flow_type,
            "flow_version": "2.0.0",
            "variables": dict(package.variables),
            "data_flow_json": _flow(package),
        }
    )


def templates(call: Call) -> Answer:
    """List Package Templates."""
    return Answer(list(reference.TEMPLATES) if call.account else [])


def validations(call: Call) -> Answer:
    """List Package Validations."""
    package = _find(call)
    status = call.params.choice("status", ("running", "completed", "failed", "all"), "all")
    found = [check for check in checks.of(call.account, package) if status in ("all", check.status)]
    frame = Frame(call.account, call.host)
    return call.page(call.sorted_list(found), lambda check: show.validation(frame, check))


def validation(call: Call) -> Answer:
    """Get Package Validation Information."""
    wanted = call.whole("validation")
    for check in checks.of(call.account, _find(call)):
        if check.id == wanted:
            return Answer(show.validation(Frame(call.account, call.host), check))
    raise missing()


def create(call: Call) -> Answer:
    """Create Package, empty or as a copy."""
    package = packaging.create(call.account, call.params)
    return Answer(show.package(Frame(call.account, call.host), package, typed=True), status=201)


def update(call: Call) -> Answer:
    """Update Package."""
    package = _find(call)
    packaging.change(call.account, call.params, package)
    return Answer(show.package(Frame(call.account, call.host), package, typed=True))


def delete(call: Call) -> Answer:
    """Delete Package: it is archived; 422 when it was before."""
    package = _find(call)
    if package.status == "archived":
        raise invalid("Package is archived already.")
    package.status, package.updated = "archived", call.account.now
    return Answer(show.package(Frame(call.account, call.host), package, typed=True))


def validate(call: Call) -> Answer:
    """Run Package Validation (Synchronous): 200 also when the package is not valid."""
    check = checks.begin(call.account, _find(call))
    checks.finish(call.account, check, 0)
    return Answer(show.validation(Frame(call.account, call.host), check))


def start_validation(call: Call) -> Answer:
    """Run Package Validation: it goes on after the answer."""
    check = checks.begin(call.account, _find(call))
    call.account.soon(6, 15, "validation.finish", check)
    return Answer(show.validation(Frame(call.account, call.host), check), status=201)


ROUTES = {
    "POST /{account}/api/packages": create,
    "PUT /{account}/api/packages/{package}": update,
    "DELETE /{account}/api/packages/{package}": delete,
    "POST /{account}/api/packages/{package}/validate": validate,
    "POST /{account}/api/packages/{package}/validations": start_validation,
    "GET /{account}/api/packages": list_,
    "GET /{account}/api/packages/search": find,
    "GET /{account}/api/packages/templates": templates,
    "GET /{account}/api/packages/{package}": get,
    "GET /{account}/api/packages/{package}/export": export,
    "GET /{account}/api/packages/{package}/validations": validations,
    "GET /{account}/api/packages/{package}/validations/{validation}": validation,
}
