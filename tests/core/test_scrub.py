"""Secrets in free text are masked, and ordinary text stays as it is."""

from __future__ import annotations

import pytest

from xplenty_tui.core.scrub import MASK, scrub

PLANTED = "s3cr3t-Pl4nted"


@pytest.mark.parametrize(
    "text",
    [
        f"could not open postgres://etl:{PLANTED}@db.acme.example:5432/orders",
        f"could not open postgres://etl:{PLANTED}@{PLANTED}@db.acme.example/orders",
        f"https://{PLANTED}@hooks.acme.example/x failed",
        f"refused: api_key={PLANTED}",
        f"refused: ?apiKey={PLANTED}&page=2",
        f"password: {PLANTED}",
        f"password is wrong; DB_PASSWORD = '{PLANTED} with spaces'",
        f'{{"client_secret": "{PLANTED}", "user": "etl"}}',
        f'{{"token":"{PLANTED}"}}',
        f"secret => '{PLANTED}'",
        f"Authorization: Bearer {PLANTED}",
        f"authorization: Basic {PLANTED}==",
        f"GET /x?X-Amz-Signature={PLANTED}&X-Amz-Date=20260301",
        f"-----BEGIN RSA PRIVATE KEY-----\n{PLANTED}\n-----END RSA PRIVATE KEY-----",
        f"-----BEGIN PRIVATE KEY-----\n{PLANTED} (cut)",
    ],
)
def test_what_looks_like_a_secret_is_masked(text: str) -> None:
    assert PLANTED not in scrub(text)
    assert MASK in scrub(text)


@pytest.mark.parametrize(
    "secret",
    [
        "AKIA" + "IOSFODNN7EXAMPLE",
        "ghp_" + "a1B2" * 9,
        "xoxb-" + "123456789012-abc",
        "eyJhbGciOiJIUzI1NiJ9." + "eyJzdWIiOiIxIn0abc.sig",
    ],
)
def test_keys_of_known_forms_are_masked_without_a_name(secret: str) -> None:
    assert scrub(f"the key {secret} is gone") == f"the key {MASK} is gone"


@pytest.mark.parametrize(
    "text",
    [
        "Access Denied on s3://acme-raw/orders/2026-11-22/ (403, request 7F3A)",
        "see https://xplenty.example/acme/jobs/90412?tab=log&column=id",
        "primary_key=id violates the constraint; partition_key: day",
        "at 02:14:05 java.io.IOException: Broken pipe",
        "mail etl@acme.example",
        "",
    ],
)
def test_ordinary_text_stays(text: str) -> None:
    assert scrub(text) == text


def test_known_secrets_are_masked_wherever_they_stand_the_longest_first() -> None:
    assert scrub("hunter2x and hunter2", ["hunter2", "hunter2x"]) == f"{MASK} and {MASK}"


def test_a_known_secret_of_a_few_letters_hides_nothing() -> None:
    assert scrub("a cat sat", ["a", "cat"]) == "a cat sat"


def test_what_stands_around_a_secret_stays() -> None:
    assert scrub("user=etl password=abc host=db") == f"user=etl password={MASK} host=db"
    assert scrub("ftp://u:p@h/x") == f"ftp://{MASK}@h/x"
