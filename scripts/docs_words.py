"""What the drawn pages of docs/ say that no declaration says: an example, the environment, a few paragraphs."""

from __future__ import annotations

from xplenty_tui.config import target

EXAMPLE = """\
default_profile = "prod"

[profiles.prod]
account = "acme"
key_command = ["pass", "show", "xplenty/acme"]
read_only = true
production = true

[profiles.staging]                 # its key is in the keyring: `xplenty-tui login --profile staging`
account = "acme-staging"

[keyring]
timeout_seconds = 20               # time to type the keyring's password

[refresh]
share_percent = 10                 # half the credits

[keys]
"sort" = "ctrl+o"
"cursor.down" = "down, j, ctrl+n"  # several keys
"part.jobs.log" = "L"              # a part of a job's page
"""

ENVIRONMENT: tuple[tuple[tuple[str, ...], str], ...] = (
    ((target.KEY,), "The API key. It goes before a profile's `key_command` and the keyring."),
    (
        (target.ACCOUNT,),
        "The account's id as in the web console's addresses. It chooses the profile of that account, and says what "
        f"account `{target.KEY}` is for: a profile of another account, asked for by name, never gets that key.",
    ),
    ((target.URL,), "The API's base address, instead of the profile's `url`; checked as that is."),
    (("XDG_CONFIG_HOME",), "Where `xplenty-tui/config.toml` lies; without it `~/.config`. A relative path is ignored."),
    (
        ("PYTHON_KEYRING_BACKEND",),
        "The class of the keyring backend to use; it must be a trusted one, or the one that `keyring.allow` names.",
    ),
    (
        ("HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"),
        "The proxy on the way to the API. A SOCKS proxy needs the package `socksio`.",
    ),
    (("SSL_CERT_FILE", "SSL_CERT_DIR"), "The certificates to trust, instead of those that come with the program."),
    (("TERM", "COLORTERM", "NO_COLOR"), "What the terminal can draw. `NO_COLOR` draws without colours."),
)
"""What is read from the environment, and what it does."""

REBINDING = """\
## Other keys

In `[keys]` of [config.toml](configuration.md) a command gets other keys, by the name in the second column. They replace
the usual ones; several are separated by commas:

```toml
[keys]
"sort" = "ctrl+o"
"cursor.down" = "down, j, ctrl+n"
```

A key is written as in the first column: one character (capitals are keys of their own: `R` is not `r`) or a name such
as `f5`, `space`, `enter`, `tab`; `ctrl+` or `alt+` may stand before it. A name that is no command, and a key that two
commands of one place want, are told in a sentence.
"""

SERVER = """\
`/` looks only into what is loaded, costs nothing, and says how much that is. `S` searches the whole account and costs
one credit a page of 100. The server does less: it knows the attributes in the column *server* below (both names work in
the filter), and looks for words without a name in ids and names only, where one of several is enough. It cannot negate
numbers, times and words without a name, nor search for what has no value. What could not be sent is said in words.
"""

SETTINGS = """\
Settings lie in `~/.config/xplenty-tui/config.toml`, or in `xplenty-tui/config.toml` under `$XDG_CONFIG_HOME`. Each may
be left out, and so may the file. An API key does not belong in it and is refused.

A setting that does not exist and a value of the wrong kind are told with file, line and setting. `xplenty-tui doctor`
says where the key comes from and whether everything works.
"""
