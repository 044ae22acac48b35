"""The subscription of the account: its plan and its trial."""

from __future__ import annotations

from collections.abc import Iterator

from xplenty_tui.api import billing as api
from xplenty_tui.api.billing import Subscription
from xplenty_tui.core import words
from xplenty_tui.core.declare import Column, Context, Facts, Link, Resource, Row, Tone
from xplenty_tui.resources import calls, columns, parts


def _plan(answer: Subscription, ctx: Context) -> Row | None:
    """Return the plan, which leads to its page where it is among the plans."""
    key = "" if answer.plan_id is None else str(answer.plan_id)
    plan = ctx.store.get("plans", key)
    return parts.row("plan", parts.joined(getattr(plan, "name", None), key), link=Link("plans", key) if plan else None)


def subscription_rows(answer: Subscription, ctx: Context) -> Iterator[Row]:
    """Return the lines of a subscription."""
    trial_end = answer.trial_end
    left = f"{words.until(trial_end, ctx.now)} left" if answer.trialling and trial_end and trial_end > ctx.now else None
    return parts.kept(
        _plan(answer, ctx),
        parts.row("trial", parts.joined("running" if answer.trialling else "over", left), _trial_tone(answer))
        if answer.trialling is not None
        else None,
        parts.row("trial days", answer.trial_period_days),
        parts.row("trial start", parts.stamp(answer.trial_start, ctx)),
        parts.row("trial end", words.stamp(trial_end, ctx.zone) if trial_end else None),
    )


def _trial_tone(answer: Subscription) -> Tone:
    return Tone.WARN if answer.trialling else Tone.PLAIN


SUBSCRIPTION: Resource[Subscription] = Resource(
    name="subscription",
    title="Subscription",
    singular="subscription",
    about="The plan of the account, and its trial.",
    model=Subscription,
    load=calls.single(api.subscription),
    columns=(
        Column(
            "plan",
            "PLAN",
            lambda item, _: None if item.plan_id is None else str(item.plan_id),
            "The plan's id; not always that of the list of plans.",
            width=14,
            grow=1,
        ),
        Column("trial", "TRIAL", lambda item, _: item.trialling, "Whether it is a trial.", width=5),
        columns.ago_column("began", "BEGAN", lambda item: item.trial_start, "When the trial began."),
        columns.ago_column("ends", "ENDS", lambda item: item.trial_end, "When the trial ends, or ended."),
    ),
    label=lambda item: "subscription" if item.plan_id is None else f"plan {item.plan_id}",
    key=calls.the_one,
    only=True,
    sort=("plan", "asc"),
    detail=(Facts("subscription", "Subscription", subscription_rows),),
    refresh=calls.SELDOM,
    web=lambda item: None,
    none="No subscription is told.",
)
