"""Text from outside stays text in Markdown."""

from __future__ import annotations

import pytest

from xplenty_tui.core.markdown import code, fenced, link


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("orders", "`orders`"),
        ("two\n lines", "`two lines`"),
        ("", "-"),
        (" \n", "-"),
        ("a`b", "``a`b``"),
        ("a``b", "```a``b```"),
        ("`", "`` ` ``"),
        ("`x", "`` `x ``"),
        ("@here [x](http://e) <img src=x> **b** #1", "`@here [x](http://e) <img src=x> **b** #1`"),
    ],
)
def test_code_is_longer_fenced_than_anything_in_it(text: str, written: str) -> None:
    assert code(text) == written


@pytest.mark.parametrize("text", ["plain", "```\n# out\n```", "`````\n", "~~~\nx", "    ````text"])
def test_no_line_ends_the_block(text: str) -> None:
    head, *body, foot = fenced(text)
    assert head == f"{foot}text" and set(foot) == {"`"} and len(foot) >= 3
    assert body == text.splitlines()
    assert not any(line.strip().startswith(foot) for line in body)


def test_only_plain_addresses_are_links() -> None:
    assert link("https://xplenty.example/acme/jobs/90412") == "<https://xplenty.example/acme/jobs/90412>"
    for address in (
        "javascript:alert(1)",
        "https://u:p@h/x",
        "https://h/x?token=1",
        "https://h/x#a",
        "https://h/x> [y](z)",
        "https://h/x y",
        "https://h\n/x",
        "https://хplenty.example/acme",
    ):
        assert link(address) == code(address), address
