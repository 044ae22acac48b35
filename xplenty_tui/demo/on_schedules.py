"""Calls on schedules."""

from __future__ import annotations

from operator import attrgetter

from xplenty_tui.demo import planning, search, show, timetable
from xplenty_tui.demo.call import Call
from xplenty_tui.demo.records import Schedule
from xplenty_tui.demo.replies import Answer
from xplenty_tui.demo.search import Attribute
from xplenty_tui.demo.show import Frame

ATTRIBUTES = {
    "id": Attribute("word", lambda schedule: [schedule.id]),
    "name": Attribute("text", lambda schedule: [schedule.name]),
    "description": Attribute("text", lambda schedule: [schedule.description]),
    "status": Attribute("word", lambda schedule: [schedule.status]),
    "package": Attribute("text", lambda schedule: [package.name for package, _ in schedule.packages]),
}
SORTS = {
    "id": attrgetter("id"),
    "name": attrgetter("name", "id"),
    "updated": attrgetter("updated", "id"),
    "created": attrgetter("created", "id"),
}


def _find(call: Call) -> Schedule:
    return call.find(call.account.schedules, "schedule")


def list_(call: Call) -> Answer:
    """List Schedules."""
    status = call.params.choice("status", ("enabled", "disabled", "all"), "all")
    schedules = [item for item in call.account.schedules.values() if status in ("all", item.status)]
    schedules.sort(key=SORTS["created"])
    frame = Frame(call.account, call.host)
    return call.page(call.sorted_list(schedules), lambda schedule: show.schedule(frame, schedule))


def find(call: Call) -> Answer:
    """Search Schedules."""
    frame = Frame(call.account, call.host)
    schedules = list(call.account.schedules.values())
    return search.answer(call, schedules, ATTRIBUTES, lambda item: show.schedule(frame, item), sorts=SORTS)


def get(call: Call) -> Answer:
    """Get Schedule Information."""
    return Answer(show.schedule(Frame(call.account, call.host), _find(call)))


def run(call: Call) -> Answer:
    """Run Schedule: answers the schedule, not the jobs."""
    schedule = _find(call)
    timetable.launch(call.account, schedule)
    return Answer(show.schedule(Frame(call.account, call.host), schedule, retries=False))


def delete(call: Call) -> Answer:
    """Delete Schedule: answers it for the last time."""
    schedule = _find(call)
    answer = Answer(show.schedule(Frame(call.account, call.host), schedule))
    del call.account.schedules[schedule.id]
    schedule.status = "disabled"
    return answer


def create(call: Call) -> Answer:
    """Create Schedule; disabled unless it says otherwise."""
    schedule = planning.create(call.account, call.params)
    return Answer(show.schedule(Frame(call.account, call.host), schedule), status=201)


def update(call: Call) -> Answer:
    """Update Schedule; 422 for another ``start_at`` once it has run."""
    schedule = _find(call)
    planning.change(call.account, call.params, schedule)
    return Answer(show.schedule(Frame(call.account, call.host), schedule))


def clone(call: Call) -> Answer:
    """Clone Schedule: the copy is enabled, as in the documentation's example."""
    copy = planning.clone(call.account, _find(call))
    frame = Frame(call.account, call.host)
    return Answer(show.schedule(frame, copy, retries=False, clusters=False), status=201)


ROUTES = {
    "POST /{account}/api/schedules": create,
    "PUT /{account}/api/schedules/{schedule}": update,
    "POST /{account}/api/schedules/{schedule}/clone": clone,
    "GET /{account}/api/schedules": list_,
    "GET /{account}/api/schedules/search": find,
    "GET /{account}/api/schedules/{schedule}": get,
    "DELETE /{account}/api/schedules/{schedule}": delete,
    "POST /{account}/api/schedules/{schedule}/run": run,
}
