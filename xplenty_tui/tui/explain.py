"""Error → words: what happened, and what a person does about it."""

from __future__ import annotations

from dataclasses import dataclass

from xplenty_tui.api import errors


@dataclass(frozen=True, slots=True)
class Explanation:
    """What is said of an error."""

    what: str
    """One sentence: what happened."""
    next: str
    """One sentence: what to do now."""
    state: str
    """One word for the status bar: offline, refused, waiting, trouble."""


_NEXT: tuple[tuple[type[errors.ApiError], str, str], ...] = (
    (errors.Unauthorized, "The key was not accepted: a to switch, or xplenty-tui login to store a new one.", "refused"),
    (errors.PaymentRequired, "The account has to be paid before the API answers; see billing in the web.", "refused"),
    (errors.Forbidden, "Your role in this account does not allow this; an administrator can change it.", "refused"),
    (errors.NotFound, "It may be gone, or the account's name may be wrong: a switches the account.", "refused"),
    (errors.RateLimited, "The background waits; your own requests (R, enter) are still tried.", "waiting"),
    (errors.Unavailable, "The API is down or busy. It is tried again by itself.", "trouble"),
    (errors.ServerTrouble, "This is the server's trouble. It is tried again by itself; R tries now.", "trouble"),
    (errors.TlsFailure, "Nothing was sent. Behind a company proxy, set SSL_CERT_FILE to its CA.", "offline"),
    (
        errors.Misconfigured,
        "Set it right in the environment and start again; xplenty-tui doctor tells more.",
        "offline",
    ),
    (errors.NoAnswer, "It is tried again by itself; R tries now.", "offline"),
    (errors.UndecodableAnswer, "Something between here and the API answered for it. R tries again.", "trouble"),
)


def explain(error: Exception) -> Explanation:
    """Return the words for ``error``; those of a kind that is not known are its own."""
    sentence = error.sentence if isinstance(error, errors.ApiError) else str(error)
    if sentence[-1:].isalnum():  # the server's own words end as it likes, and another sentence follows
        sentence += "."
    for kind, following, state in _NEXT:
        if isinstance(error, kind):
            return Explanation(sentence, following, state)
    return Explanation(sentence, "R tries again.", "trouble")
