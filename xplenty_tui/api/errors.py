"""What can go wrong on the wire, as types.

::

    ApiError
    ├── Refused             the server understood and said no
    │   ├── BadRequest        400
    │   ├── Unauthorized      401
    │   ├── PaymentRequired   402
    │   ├── Forbidden         403
    │   ├── NotFound          404
    │   ├── NotAcceptable     406
    │   ├── UnsupportedMedia  415
    │   ├── Unprocessable     422
    │   └── RateLimited       429
    ├── ServerTrouble       the server failed
    │   ├── ServerError       500 and other 5xx
    │   ├── BadGateway        502
    │   └── Unavailable       503
    ├── UnexpectedStatus    any other status that is no success, redirects among them
    ├── NoAnswer            nothing came, or not all of it
    │   ├── TimedOut
    │   ├── Unreachable
    │   └── TlsFailure
    ├── UndecodableAnswer   an answer that is not what the documentation says
    ├── AnswerTooLarge
    ├── Misconfigured       nothing was sent: proxy, CA file or address are wrong
    └── ReadOnly            nothing was sent: this session only reads
"""

from __future__ import annotations


class ApiError(Exception):
    """A call that brought no usable answer."""

    def __init__(
        self,
        sentence: str,
        *,
        status: int | None = None,
        server_text: str = "",
        body: str = "",
        method: str = "",
        path: str = "",
        retry_after: float | None = None,
        sent: bool = True,
    ) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        """What happened, in plain words for a person."""
        self.status = status
        """The HTTP status; None when none came."""
        self.server_text = server_text
        """The server's own message, cleaned and cut; "" when it gave none."""
        self.body = body
        """The body of the refusal as text, cleaned and cut, where it was no web page."""
        self.method = method
        self.path = path
        """Without the query."""
        self.retry_after = retry_after
        """Seconds that the server asked us to wait; None when it did not say."""
        self.sent = sent
        """Whether the request may have reached the server (and cost a credit)."""

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.sentence!r}, status={self.status}, path={self.path!r})"


class Refused(ApiError):
    """The server understood the request and said no (4xx)."""


class BadRequest(Refused):
    """400: the request was malformed; a failed connection test answers so too."""


class Unauthorized(Refused):
    """401: the key is wrong or was replaced."""


class PaymentRequired(Refused):
    """402: the plan does not include this, or a payment is due."""


class Forbidden(Refused):
    """403: the key's owner may not do this."""


class NotFound(Refused):
    """404: no such item, no such account, or an Accept header that got lost on the way."""


class NotAcceptable(Refused):
    """406: the server does not speak version 2 of the API in JSON."""


class UnsupportedMedia(Refused):
    """415: the server does not read the content type that was sent."""


class Unprocessable(Refused):
    """422: the values were refused; ``server_text`` and ``body`` say which."""


class RateLimited(Refused):
    """429: the credits of this hour are used up."""


class ServerTrouble(ApiError):
    """The server failed (5xx)."""


class ServerError(ServerTrouble):
    """500 and every 5xx that has no class of its own."""


class BadGateway(ServerTrouble):
    """502: the server's gateway got no answer from behind."""


class Unavailable(ServerTrouble):
    """503: the server is down for now."""


class UnexpectedStatus(ApiError):
    """A status that the documentation does not list for this call; redirects are never followed."""


class NoAnswer(ApiError):
    """Nothing came back, or not all of it; whether the server acted is unknown unless the connection never stood."""


class TimedOut(NoAnswer):
    """The answer took longer than the limits allow."""


class Unreachable(NoAnswer):
    """No connection, or one that broke."""


class TlsFailure(NoAnswer):
    """The server could not prove who it is; nothing was sent to it."""


class UndecodableAnswer(ApiError):
    """The answer is not JSON, or not of the documented shape."""


class AnswerTooLarge(ApiError):
    """The body is larger than the limit and was dropped."""


class Misconfigured(ApiError):
    """Settings of this machine or profile make the call impossible; nothing was sent."""


class ReadOnly(ApiError):
    """The call would act and this session only reads; nothing was sent."""


_CLASSES: dict[int, type[ApiError]] = {
    400: BadRequest,
    401: Unauthorized,
    402: PaymentRequired,
    403: Forbidden,
    404: NotFound,
    406: NotAcceptable,
    415: UnsupportedMedia,
    422: Unprocessable,
    429: RateLimited,
    500: ServerError,
    502: BadGateway,
    503: Unavailable,
}

_SENTENCES: dict[int, str] = {
    400: "{host} refused the request as malformed",
    401: "{host} does not accept this API key",
    402: "the plan of this account does not include that, or a payment is due",
    403: "this API key is not allowed to do that",
    404: "{host} does not have that",
    406: "{host} does not speak version 2 of the API",
    415: "{host} does not read the content type that was sent",
    422: "{host} refused the values",
    429: "{host} says that the credits of this hour are used up",
    500: "{host} failed inside (500)",
    502: "the gateway of {host} got no answer from behind (502)",
    503: "{host} is unavailable for now (503)",
}


def class_of(status: int) -> type[ApiError]:
    """Return the error type of a status that is no success."""
    return _CLASSES.get(status, ServerError if 500 <= status <= 599 else UnexpectedStatus)


def sentence_of(status: int, host: str, server_text: str) -> str:
    """Say what a status means, in the server's words where it gave some."""
    default = (
        "{host} failed ({status})" if 500 <= status <= 599 else "{host} answered with an unexpected status {status}"
    )
    said = _SENTENCES.get(status, default).format(host=host, status=status)
    said = said[0].upper() + said[1:] if not said.startswith(host) else said
    return f"{said}: {server_text}" if server_text else f"{said}."
