"""Calls on product updates and on the articles of the documentation."""

from __future__ import annotations

from typing import Any

from xplenty_tui.demo.call import Call
from xplenty_tui.demo.replies import Answer, missing
from xplenty_tui.demo.stamps import DAY, stamp

NEWS = (
    (14, 9, "Jobs that failed can be tried again", "A schedule can try its failed jobs up to five times.", 41),
    (12, 60, "A summary of what went wrong", "The log of a failed job is read for you, with what to do about it.", 87),
    (9, 400, "Cross joins between dataflows", "Compare values of two dataflows with any condition.", 23),
)
"""Number, age in days, title, text, likes."""
OF_ACCOUNTS = ("accounts", "clusters", "connections", "home", "hooks", "members", "packages", "plans", "schedules")
OF_USERS = ("console", "keys", "notifications")


def _update(call: Call, id_: int) -> dict[str, Any]:
    _, days, title, text, likes = next(news for news in NEWS if news[0] == id_)
    liked = id_ in call.world.liked
    return {
        "id": id_,
        "title": title,
        "created_at": stamp(call.world.begin - days * DAY),
        "body": f"## {title}\n{text}",
        "body_html": f'<h2>{title}</h2><p>{text} <a href="https://www.xplenty.example/blog/{id_}">More</a></p>',
        "body_text": f"{title}\n{text}",
        "likes": likes + liked,
        "liked_by_user": liked,
    }


def updates(call: Call) -> Answer:
    """List Product Updates."""
    return Answer([_update(call, news[0]) for news in NEWS])


def like(call: Call) -> Answer:
    """Like Product Update: once more changes nothing."""
    id_ = call.whole("update")
    if id_ not in [news[0] for news in NEWS]:
        raise missing()
    call.world.liked.add(id_)
    return Answer(_update(call, id_), status=201)


def _articles(topic: str) -> dict[str, Any]:
    def one(title: str, slug: str) -> dict[str, str]:
        return {"title": title, "type": "article", "url": f"https://www.xplenty.example/docs/{slug}/"}

    return {
        "edit": [one(f"Changing {topic}", f"changing-{topic}")],
        "index": [one(f"About {topic}", f"about-{topic}"), one(f"Questions about {topic}", f"{topic}-faq")],
        "new": [one(f"Making {topic}", f"making-{topic}")],
    }


def account_help(call: Call) -> Answer:
    """Help of a page of an account."""
    return Answer(_articles(call.path.split("/")[3]) if call.account else None)


def type_help(call: Call) -> Answer:
    """Help of a type of connection; any type has some."""
    return Answer(_articles(call.names["type"]) if call.account else None)


def user_help(call: Call) -> Answer:
    """Help of a page of the user."""
    return Answer(_articles(call.path.split("/")[-2]))


ROUTES = {
    "GET /product_updates": updates,
    "POST /product_updates/{update}/like": like,
    "GET /user/help": user_help,
    "GET /{account}/api/connections/{type}/help": type_help,
    **{f"GET /user/{page}/help": user_help for page in OF_USERS},
    **{f"GET /{{account}}/api/{page}/help": account_help for page in OF_ACCOUNTS},
}
