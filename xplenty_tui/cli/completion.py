"""``completion``: a script for bash, zsh or fish, drawn from the same declarations as the help."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xplenty_tui.cli.arguments import Option, Parser, screen_parser
from xplenty_tui.cli.console import Console
from xplenty_tui.cli.table import COMMANDS

PROGRAM = "xplenty-tui"
SHELLS = ("bash", "zsh", "fish")
USE = """\
where it goes:
  bash   eval "$(xplenty-tui completion bash)"     ~/.bashrc
  zsh    eval "$(xplenty-tui completion zsh)"      ~/.zshrc, after compinit
  fish   xplenty-tui completion fish | source      ~/.config/fish/config.fish
"""


def completion_parser() -> Parser:
    """Return what reads the options of ``completion``."""
    parser = Parser("xplenty-tui completion", "Print what makes a shell complete commands and options.", USE)
    parser.add_argument("shell", choices=SHELLS, help="the shell that it is for")
    return parser


def completion(argv: Sequence[str], console: Console) -> int:
    """Print the script of a shell."""
    shell = completion_parser().parse(argv).shell
    console.say({"bash": bash, "zsh": zsh, "fish": fish}[shell]().rstrip("\n"))
    return 0


def tables() -> dict[str, list[Option]]:
    """Return what can follow each command; "" is the screen itself."""
    return {"": screen_parser().declared(), **{one.name: one.parser().declared() for one in COMMANDS}}


def values(option: Option) -> tuple[str, ...]:
    """Return what is offered as the value of an option; none for what only the person knows."""
    if "--screen" in option.names:
        from xplenty_tui.resources import ALL

        return ("triage", *(kind.name for kind in ALL))
    if "--fault" in option.names:
        from xplenty_tui.demo.faults import FAULTS

        return tuple(FAULTS)
    return option.choices


def bash() -> str:
    """Return the script for bash."""
    known = tables()
    takes = {name: option for options in known.values() for option in options for name in option.names if option.value}
    lines = ["_xplenty_tui() {", '  local words="" cur="${COMP_WORDS[COMP_CWORD]}" prev="${COMP_WORDS[COMP_CWORD-1]}"']
    lines.append('  case "$prev" in')
    for name, option in takes.items():
        lines.append(f'    {name}) COMPREPLY=($(compgen -W "{" ".join(values(option))}" -- "$cur")); return ;;')
    lines += ["  esac", '  case "${COMP_WORDS[1]}" in']
    for command, options in known.items():
        if command:
            offered = [*(name for one in options for name in one.names), *_words(options), "--help"]
            lines.append(f'    {command}) words="{" ".join(offered)}" ;;')
    screen = " ".join([*(name for one in known[""] for name in one.names), "--help"])
    lines += [f'    *) words="{screen}"', f'       [ "$COMP_CWORD" = 1 ] && words="{" ".join(_names())} $words" ;;']
    lines += ["  esac", '  COMPREPLY=($(compgen -W "$words" -- "$cur"))', "}", f"complete -F _xplenty_tui {PROGRAM}"]
    return "\n".join(lines) + "\n"


def zsh() -> str:
    """Return the script for zsh."""
    known = tables()
    lines = ["#compdef xplenty-tui", "_xplenty_tui() {", "  local -a commands", "  commands=("]
    lines += [f"    {_quoted(f'{one.name}:{one.does}')}" for one in COMMANDS]
    lines += ["  )", "  local command=$words[2]", "  if (( CURRENT == 2 )) && [[ $PREFIX != -* ]]; then"]
    lines += ["    _describe command commands", "    return", "  fi", "  case $command in"]
    for command, options in known.items():
        if command:
            lines.append(f"    {command}) shift words; (( CURRENT-- )); _arguments \\")
            lines += [*_zsh_lines(options), "      ;;"]
    lines += ["    *) _arguments \\", *_zsh_lines(known[""]), "      ;;", "  esac", "}"]
    lines += [f'[[ $zsh_eval_context[-1] == loadautofunc ]] && _xplenty_tui "$@" || compdef _xplenty_tui {PROGRAM}']
    return "\n".join(lines) + "\n"


def _zsh_lines(options: list[Option]) -> Iterator[str]:
    specs = ["--help[say what it does]"]
    for option in options:
        offered = values(option)
        what = f":{option.value}:({' '.join(offered)})" if option.value else ""
        specs += [f"{name}[{_plain(option.help)}]{what}" for name in option.names] or [f"1{what}"]
    for place, spec in enumerate(specs):
        yield f"        {_quoted(spec)}" + (" \\" if place < len(specs) - 1 else "")


def fish() -> str:
    """Return the script for fish."""
    lines = [f"complete -c {PROGRAM} -f"]
    lines += [
        f"complete -c {PROGRAM} -n __fish_use_subcommand -a {one.name} -d {_quoted(one.does)}" for one in COMMANDS
    ]
    for command, options in tables().items():
        when = f'"__fish_seen_subcommand_from {command}"' if command else "__fish_use_subcommand"
        for option in options:
            offered = " ".join(values(option))
            takes = (f" -x -a {_quoted(offered)}" if offered else " -x") if option.value else ""
            said = f" -d {_quoted(_plain(option.help))}"
            names = "".join(f" -l {name.removeprefix('--')}" for name in option.names)
            if names or offered:
                lines.append(
                    f"complete -c {PROGRAM} -n {when}{names}{takes if names else f' -a {_quoted(offered)}'}{said}"
                )
    return "\n".join(lines) + "\n"


def _names() -> list[str]:
    return [one.name for one in COMMANDS]


def _words(options: list[Option]) -> list[str]:
    return [choice for one in options if not one.names for choice in values(one)]


def _plain(text: str) -> str:
    """Return one short line without what the shells' own syntax would take for its own."""
    return " ".join(text.split("; ", maxsplit=1)[0].replace("[", "(").replace("]", ")").replace(":", ",").split())[:70]


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "’") + "'"
