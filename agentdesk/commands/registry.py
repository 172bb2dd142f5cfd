"""All commands together: where each works, the bindings of a screen, and the table of keys for help and docs."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

from textual.binding import Binding

from agentdesk.commands.app_commands import APP
from agentdesk.commands.command import Command
from agentdesk.commands.dialog_commands import DIALOG
from agentdesk.commands.editor_commands import EDITOR, REVIEW
from agentdesk.commands.import_commands import IMPORTS, PLAN
from agentdesk.commands.inbox_commands import ANSWERS, INBOX, NOTICES
from agentdesk.commands.list_commands import LIST
from agentdesk.commands.preference_commands import PREFERENCES
from agentdesk.commands.queue_commands import (
    CLOCKS,
    CUSTOMER,
    CUSTOMERS,
    DUPLICATES,
    KNOWLEDGE,
    QUEUE,
    READING,
)
from agentdesk.commands.search_commands import SEARCH
from agentdesk.commands.ticket_commands import PAGE, TICKET
from agentdesk.commands.typing_commands import ASKING, TYPING


class Scope(NamedTuple):
    """Commands that work in one place, under a heading for help."""

    title: str
    commands: tuple[Command, ...]


SCOPES: dict[str, Scope] = {
    "app": Scope("Everywhere", APP),
    "list": Scope("In lists", LIST),
    "queue": Scope("In the queue", QUEUE),
    "ticket": Scope("On tickets", TICKET),
    "page": Scope("On a ticket you have opened", PAGE),
    "customers": Scope("In the customer list", CUSTOMERS),
    "customer": Scope("On a customer", CUSTOMER),
    "duplicates": Scope("Among duplicates", DUPLICATES),
    "inbox": Scope("In the inbox", INBOX),
    "answers": Scope("On escalations in the inbox", ANSWERS),
    "notices": Scope("On notices in the inbox", NOTICES),
    "knowledge": Scope("In the knowledge base", KNOWLEDGE),
    "reading": Scope("In reports", READING),
    "search": Scope("In the search", SEARCH),
    "typing": Scope("While words are typed", TYPING),
    "asking": Scope("While a question is typed", ASKING),
    "clocks": Scope("On the clocks of a ticket", CLOCKS),
    "imports": Scope("In the imports", IMPORTS),
    "plan": Scope("On what would come of a file", PLAN),
    "preferences": Scope("In the preferences", PREFERENCES),
    "editor": Scope("While writing", EDITOR),
    "review": Scope("Before sending", REVIEW),
    "dialog": Scope("In a dialog", DIALOG),
}

NO_KEY = "no-key"
"""What a command without keys is bound to; no keyboard sends it."""
PLACES: dict[str, tuple[str, ...]] = {
    "queue": ("ticket", "queue", "list", "app"),
    "ticket": ("ticket", "page", "app"),
    "customers": ("customers", "list", "app"),
    "customer": ("customer", "app"),
    "duplicates": ("duplicates", "list", "app"),
    "inbox": ("answers", "inbox", "list", "app"),
    "notices": ("notices", "inbox", "list", "app"),
    "knowledge": ("knowledge", "list", "app"),
    "search": ("ticket", "search", "list", "app"),
    "reading": ("reading", "app"),
    "clocks": ("clocks", "app"),
    "imports": ("imports", "list", "app"),
    "plan": ("plan", "list", "app"),
    "preferences": ("preferences", "app"),
    "typing": ("typing", "app"),
    "asking": ("asking", "app"),
    "editor": ("editor",),
    "review": ("review",),
    "dialog": ("dialog",),
}
"""Scopes that work at the same time: within a place, no key may mean two things."""
TYPED: frozenset[str] = frozenset({"typing", "asking"})
"""Places where a letter is text: of the commands there only those work that have another key."""

SIGNS = {
    "question_mark": "?", "colon": ":", "slash": "/", "asterisk": "*", "plus": "+", "less_than_sign": "<",
    "greater_than_sign": ">", "left_square_bracket": "[", "right_square_bracket": "]", "comma": ",", "backspace": "⌫",
    "escape": "esc", "pagedown": "PgDn", "pageup": "PgUp", "insert": "Ins", "up": "↑", "down": "↓",
    "left": "←", "right": "→", "tilde": "~", "full_stop": ".",
}  # fmt: skip


_NO_SIGNS = frozenset({"backspace", "up", "down", "left", "right"})
"""Keys that are shown as one sign and write none."""


def all_commands() -> list[Command]:
    """Every command, scope by scope."""
    return [command for scope in SCOPES.values() for command in scope.commands]


def by_id() -> dict[str, Command]:
    """Every command by its id."""
    return {command.id: command for command in all_commands()}


def bindings(*scopes: str, at_once: bool = False) -> list[Binding]:
    """What a screen, table or app puts into `BINDINGS`; a keymap reaches them by id.

    Args:
        scopes: whose commands.
        at_once: whoever has the focus has them first anyway; so the key need not be handed up through the screen.
    """
    return [
        Binding(
            one.keys or NO_KEY,
            one.action,
            one.label,
            show=False,
            priority=at_once or one.priority,
            id=one.id,
        )
        for scope in scopes
        for one in SCOPES[scope].commands
    ]


def in_place(place: str, keymap: Mapping[str, str] | None = None) -> list[Command]:
    """The commands that work in a place, with the user's keys."""
    return [one for scope in PLACES[place] for one in commands_of(place, scope, keymap or {})]


def commands_of(place: str, scope: str, keymap: Mapping[str, str]) -> list[Command]:
    """The commands of one of the scopes of a place."""
    found = with_keys(SCOPES[scope].commands, keymap)
    return [one for each in found if (one := _beside_text(each)).keys] if place in TYPED else found


def _beside_text(command: Command) -> Command:
    """The command with the keys that no text line takes for itself."""
    keys = [key for key in map(str.strip, command.keys.split(",")) if len(key) > 1 and not is_sign(key)]
    return command._replace(keys=",".join(keys))


@cache
def by_action(place: str) -> dict[str, Command]:
    """The commands that work in a place by what they run."""
    return {one.action: one for one in reversed(in_place(place))} if place in PLACES else {}


def with_keys(commands: Iterable[Command], keymap: Mapping[str, str]) -> list[Command]:
    """The same commands with the keys a user chose for them."""
    return [one._replace(keys=keymap[one.id]) if one.id in keymap else one for one in commands]


def is_sign(key: str) -> bool:
    """Whether a key is written as text: `a`, `comma`, `question_mark`; not `enter`, `f1`, `ctrl+p`."""
    return len(SIGNS.get(key, key)) == 1 and key not in _NO_SIGNS


def shown(key: str) -> str:
    """A key as people read it: `^p`, `F1`, `esc`, `E`."""
    key = key.strip()
    if key.startswith("ctrl+"):
        return "^" + shown(key[5:])
    if key[:1] == "f" and key[1:].isdigit():
        return key.upper()
    return SIGNS.get(key, key)


def shown_keys(command: Command) -> str:
    """All keys of a command: `? F1`; empty where the user took them away."""
    return " ".join(shown(key) for key in command.keys.split(",") if key.strip())


def has_key(command: Command, typed: str) -> bool:
    """Whether a command is on the key that people call so: `E`, `^s`, `ctrl+s`, `esc`, `F8`; a letter by its case."""
    for key in filter(None, map(str.strip, command.keys.split(","))):
        if typed in (key, shown(key)) or (
            len(typed) > 1 and typed.lower() in (key.lower(), shown(key).lower())
        ):
            return True
    return False


def keys_table(keymap: Mapping[str, str] | None = None) -> list[tuple[str, str, str, str]]:
    """Heading, keys, sentence and id of every command: what docs and `agentdesk keys` print."""
    return [
        (scope.title, shown_keys(one), one.help, one.id)
        for scope in SCOPES.values()
        for one in with_keys(scope.commands, keymap or {})
    ]
