"""A filled in form for each action that has one, and which actions are dangerous: a new one needs a line here."""

from __future__ import annotations

from typing import Any

from pydantic import SecretStr

from xplenty_tui.api import account_drafts, drafts
from xplenty_tui.api import connection_queries as queries
from xplenty_tui.api.connection_drafts import CurlDraft, GroupChange, draft_of
from xplenty_tui.api.delivery_drafts import NewDelivery
from xplenty_tui.api.hook_drafts import HookChange, new_of
from xplenty_tui.resources.key_actions import KeyForm
from xplenty_tui.resources.package_forms import CreationForm, ExportForm, ValidationForm
from xplenty_tui.resources.run_form import RunForm

SECRET = "what-nobody-may-read"
RUN = RunForm(package_id="421", cluster_id="2212", variables={"token": SECRET}, dynamic_variables={"day": "Today()"})
TASK = drafts.TaskDraft(packages=(drafts.TaskPackageDraft(package_id=421, variables={"token": SECRET}),))
DRAFTS: dict[str, Any] = {
    "jobs.again": RUN,
    "jobs.elsewhere": RUN,
    "jobs.new": RUN,
    "packages.run": RUN,
    "packages.validate": ValidationForm(mode="background"),
    "packages.edit": drafts.PackageChange(name="by another name"),
    "packages.new": CreationForm(name="made here", source="nothing"),
    "packages.export": ExportForm(path="exported.json"),
    "clusters.create": drafts.NewCluster(nodes=2, name="made here"),
    "clusters.edit": drafts.ClusterChange(name="by another name"),
    "schedules.create": drafts.NewSchedule(name="made here", status="enabled", task=TASK),
    "schedules.edit": drafts.ScheduleDraft(name="by another name"),
    "accounts.edit": account_drafts.AccountChange(name="by another name"),
    "members.invite": account_drafts.Invitation(email="new@acme.example", role="viewer"),
    "members.role": account_drafts.RoleChange(role="member"),
    "user.change": account_drafts.UserChange(current_password=SecretStr(SECRET), location="Lisbon"),
    "public_keys.add": KeyForm(pasted="ssh-ed25519 AAAAC3Nz new@host"),
    "connections.create": draft_of("s3")(name="made here", username="me", password=SECRET),
    "connections.try": draft_of("s3")(name="made here", username="me", password=SECRET),
    "connections.change": draft_of("s3", whole=False)(name="by another name", password=SECRET),
    "connections.validate": queries.PlainQuery(),
    "connections.schema": queries.PlainQuery(table="orders"),
    "connections.fields": queries.ObjectFields(object_name="Account"),
    "connections.curl": CurlDraft(url="https://shop.example/orders", password=SECRET),
    "connection_groups.change": GroupChange(name="by another name"),
    "hooks.create": new_of("slack")(settings={"url": SECRET}, events=[{"event": "job"}]),
    "hooks.change": HookChange(events=({"event": "job.failed"},)),
    "deliveries.create": NewDelivery(source="s3/53", destination="redshift/12"),
}
DANGERS = {"jobs.stop", "clusters.terminate", "schedules.delete", "packages.archive"}
DANGERS |= {"connections.delete", "deliveries.delete", "hooks.delete", "hooks.reset_salt"}
DANGERS |= {"members.remove", "public_keys.delete", "user.rotate"}
HARMLESS = {"packages.export", "user.store_key", "connections.schema", "connections.fields"}
"""Actions that change nothing in the account."""
SEARCHED = {"connection_groups": "shop"}
"""What is typed to find items of kinds that the API does not list."""
KNOWN_FIRST = {"members": "user"}
"""What has to be loaded for a kind's rules to know who is who: nobody removes themselves."""
