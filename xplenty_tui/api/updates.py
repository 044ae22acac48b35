"""What is new in the service: product updates, which can be liked."""

from __future__ import annotations

from xplenty_tui.api import calls
from xplenty_tui.api.address import segment
from xplenty_tui.api.client import Client
from xplenty_tui.api.wire import MaybeTime, Page, Text, Wire


class ProductUpdate(Wire):
    """A piece of news of the service (Product updates)."""

    id: int | str
    title: Text = ""
    body: Text = ""
    """Markdown."""
    body_html: Text = ""
    body_text: Text = ""
    likes: int | None = None
    liked_by_user: bool | None = None
    """Whether the key's owner likes it."""
    created_at: MaybeTime = None


async def list_(client: Client) -> Page[ProductUpdate]:
    """Get all product updates. ``GET /product_updates``."""
    return await calls.get_list(client, "/product_updates", ProductUpdate, account=False)


async def like(client: Client, id_: int | str) -> ProductUpdate:
    """Like a product update, which cannot be taken back. ``POST /product_updates/{product_update_id}/like``."""
    path = f"/product_updates/{segment(id_)}/like"
    return await calls.act_on(client, "POST", path, ProductUpdate, id_, account=False)
