"""What the palette finds besides commands: a thing of a kind, with the key by which the app knows where it leads."""

from dataclasses import dataclass, field
from typing import Any

from agentdesk.domain.safe_text import line
from agentdesk.preferences import PREFERENCES, THEMES


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing; two are the same where kind and key are.

    Attributes:
        kind: `ticket`, `customer`, `organization`, `view`, `macro`, `article`, `agent`, `report`, `theme` or `setting`.
        key: an id or a name.
        name: what is shown; safe for a terminal.
        about: said beside it; safe for a terminal.
    """

    kind: str
    key: Any
    name: str = field(default="", compare=False)
    about: str = field(default="", compare=False)


def thing_of(hit: Any) -> Thing:
    """What the search found; an organization is known by its name."""
    kind, key = (hit.kind, hit.id) if hit.ticket_id is None else ("ticket", hit.ticket_id)
    return Thing(kind, hit.title if kind == "organization" else key, line(hit.title), line(hit.excerpt))


def named_here() -> list[Thing]:
    """Reports, themes and preferences: known without asking the store."""
    from agentdesk.reports.catalog import REPORTS

    return [
        *(Thing("report", name, one.title, one.help) for name, one in REPORTS.items()),
        *(Thing("theme", name, name, "how the console looks") for name in THEMES),
        *(Thing("setting", one.key, one.key, one.about) for one in PREFERENCES.values()),
    ]
