"""Why a connection failed, from what the system, TLS and the environment say beneath the HTTP library."""

from __future__ import annotations

import os
import ssl
from collections.abc import Iterator, Mapping
from pathlib import Path
from socket import gaierror

from xplenty_tui.api.errors import Misconfigured, NoAnswer, TlsFailure, Unreachable

_NO_SOCKS = (
    "ALL_PROXY asks for a SOCKS proxy, which needs the package socksio: "
    "install it, or set HTTPS_PROXY to an HTTP proxy."
)
_BAD_PROXY = (
    "A proxy setting cannot be used: look at HTTPS_PROXY, ALL_PROXY and NO_PROXY "
    "(NO_PROXY takes host names, neither [::1] nor ranges such as 10.0.0.0/8)."
)


def check_certificates(environ: Mapping[str, str]) -> None:
    """Raise FileNotFoundError for a folder of certificates that is not there.

    OpenSSL says nothing then, trusts nobody, and blames every server for it. A missing file it does report.
    """
    folders = "" if environ.get("SSL_CERT_FILE") else environ.get("SSL_CERT_DIR", "")
    if folders and not any(Path(folder).is_dir() for folder in folders.split(os.pathsep)):
        raise FileNotFoundError(folders)


def settings(problem: Exception) -> Misconfigured:
    """Say which setting of the environment kept the client from being made."""
    if isinstance(problem, ImportError):
        sentence = _NO_SOCKS
    elif isinstance(problem, FileNotFoundError):
        sentence = "SSL_CERT_FILE or SSL_CERT_DIR names something that is not there."
    elif isinstance(problem, OSError):  # ssl.SSLError is one
        sentence = "The certificates that SSL_CERT_FILE or SSL_CERT_DIR names cannot be read."
    else:
        sentence = _BAD_PROXY
    return Misconfigured(sentence, sent=False)


def tls(problem: BaseException, host: str, *, connecting: bool) -> TlsFailure | None:
    """Return the TLS failure beneath ``problem``, if that is what it was."""
    for cause in causes(problem):
        if isinstance(cause, ssl.SSLCertVerificationError):
            return TlsFailure(f"The certificate of {host} cannot be trusted: {cause.verify_message}.", sent=False)
        if isinstance(cause, ssl.SSLError) and "PROTOCOL" in (cause.reason or ""):
            return TlsFailure(f"{host} offers only versions of TLS that are not safe any more.", sent=False)
        if isinstance(cause, ssl.SSLError):
            return TlsFailure(f"No secure connection to {host} could be made.", sent=not connecting)
    return None


def no_connection(problem: BaseException, host: str, *, proxied: bool = False) -> NoAnswer:
    """Say why no connection came to stand; behind a proxy it is the proxy that was not reached."""
    what = f"The proxy on the way to {host}" if proxied else host
    for cause in causes(problem):
        if isinstance(cause, gaierror):
            name = "The name of the proxy" if proxied else f"The name {host}"
            return Unreachable(f"{name} could not be looked up.", sent=False)
        if isinstance(cause, ConnectionRefusedError):
            return Unreachable(f"{what} refuses connections.", sent=False)
    return Unreachable(f"{what} cannot be reached from here.", sent=False)


def causes(problem: BaseException) -> Iterator[BaseException]:
    """Yield the problem and all that led to it, the members of groups too."""
    waiting: list[BaseException | None] = [problem]
    seen: set[int] = set()
    while waiting:
        cause = waiting.pop(0)
        if cause is None or id(cause) in seen:
            continue
        seen.add(id(cause))
        yield cause
        waiting += [cause.__cause__, cause.__context__]
        if isinstance(cause, BaseExceptionGroup):
            waiting += cause.exceptions
