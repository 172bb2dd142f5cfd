"""What a person may choose in the configuration: every key once, with what it may be, its default and a sentence."""

from typing import Any, Final, NamedTuple

THEMES: Final = ("auto", "ink", "paper", "contrast", "clear", "terminal")
"""`auto` asks the terminal whether it is light or dark."""
AUTO: Final = THEMES[0]


class Preference(NamedTuple):
    """One key of the file.

    Attributes:
        key: its name.
        default: what holds until somebody chooses; its type is that of the value.
        about: what it does, as a sentence without a full stop.
        allowed: the words it may be; empty where it is free text.
        environ: the variable that wins over the file.
        is_late: whether a change holds from the next start only.
    """

    key: str
    default: Any
    about: str
    allowed: tuple[str, ...] = ()
    environ: str = ""
    is_late: bool = False

    @property
    def values(self) -> tuple[Any, ...]:
        """Everything it may be, in the order in which a key walks through them; empty where it is free text."""
        return (False, True) if isinstance(self.default, bool) else self.allowed

    def fault(self, value: Any) -> str:
        """What is wrong with a value, as a sentence; empty where nothing is."""
        if type(value) is not type(self.default):
            return f"{self.key} must be {_KINDS[type(self.default)]}, not {_shown(value)}."
        if self.allowed and value not in self.allowed:
            return f"{self.key} cannot be {_shown(value)}. Allowed: {', '.join(self.allowed)}."
        if self.key == "zone" and value and not _is_zone(value):
            return f"zone cannot be {_shown(value)}. Write a name such as Europe/Berlin."
        return ""


_KINDS: Final = {bool: "true or false", str: "text in quotes", dict: "a table, as [keymap]"}
PREFERENCES: Final = {
    one.key: one
    for one in (
        Preference("theme", "ink", "How the console looks; F8 turns through them", THEMES, "AGENTDESK_THEME"),
        Preference(
            "advance",
            "next",
            "Where the cursor goes when a ticket has left the list: to the next one, back to the list, or nowhere",
            ("next", "list", "stay"),
        ),
        Preference(
            "preview", "beside", "Where the conversation stands in the queue", ("beside", "below", "off")
        ),
        Preference("restore", True, "Begin where you left: the view, the cursor, the open ticket"),
        Preference(
            "clipboard",
            "auto",
            "How copies leave: by the terminal (osc52), by the system (native), both as they can (auto), or not",
            ("auto", "osc52", "native", "off"),
        ),
        Preference("bell", False, "Ring when you are given a ticket, asked or mentioned"),
        Preference("notify", False, "Show a desktop notification when you are"),
        Preference("mouse", True, "Clicks and the wheel work; off, the terminal selects text", is_late=True),
        Preference(
            "zone", "", "The time zone of the team; empty is the machine's", (), "AGENTDESK_ZONE", True
        ),
        Preference("agent", "", "Who you are, where the login does not say it", (), "AGENTDESK_AGENT", True),
        Preference("store", "", "The desk: a path or a postgresql:// URL", (), "AGENTDESK_STORE", True),
        Preference("keymap", {}, "Your own keys, by the ids that `agentdesk keys` prints", is_late=True),
    )
}
"""In the order in which people look for them."""


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    text = repr(value) if not isinstance(value, str) else f'"{value}"'
    return text if len(text) <= 60 else f"{text[:59]}…"


def _is_zone(name: str) -> bool:
    from zoneinfo import ZoneInfo  # noqa: PLC0415  nothing is said about a zone before the first picture

    try:
        ZoneInfo(name)
    except (ValueError, OSError):  # a key that is not found is a KeyError of its own kind
        return False
    except KeyError:
        return False
    return True
