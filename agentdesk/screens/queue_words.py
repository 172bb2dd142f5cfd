"""What the queue says in words: its order, when it was read, and what to do when it is empty."""

from datetime import datetime
from zoneinfo import ZoneInfo

from textual.content import Content

from agentdesk.queries.views import View
from agentdesk.widgets.safe import content


def order(label: str, descending: bool) -> str:
    """`sorted by what needs attention`."""
    return f"sorted by {label}{', turned round' if descending else ''}"


def read_at(now: datetime, zone: ZoneInfo) -> str:
    """`as of 10:42`."""
    return f"as of {now.astimezone(zone):%H:%M}"


def empty(view: View | None, *, is_new: bool) -> Content:
    """The page instead of an empty list: what that means, and the next step."""
    if is_new:
        return _first_run()
    if view is None:
        head = Content.styled("Nothing matches this question.", "bold $ink")
        return Content.assemble(
            head, "\n\n", _keys(("/", "change the question"), ("esc", "back to all open tickets"))
        )
    head = Content.assemble(
        Content.styled("No tickets in ", "bold $ink"), content(view.name, "bold $ink"),
        Content.styled(". Good work." if not view.is_saved else ".", "bold $ink"),
    )  # fmt: skip
    return Content.assemble(
        head,
        "\n\n",
        _keys(
            ("]", "the next view"), ("/", "ask for something else"), ("N", "take the next ticket nobody has")
        ),
    )


def _first_run() -> Content:
    return Content.assemble(
        ("Welcome to your desk.\n", "bold $ink"),
        ("It is empty, and everything you put in stays in one file on this machine.\n\n", "$muted"),
        _keys(("+", "write the first ticket"), ("?", "see every key"), ("q", "leave")),
        ("\n\nOr from the shell:\n\n", "$muted"),
        ("  agentdesk import contacts people.csv", "bold $ink"),
        ("   bring your customers\n", "$muted"),
        ("  agentdesk demo                      ", "bold $ink"),
        ("   a desk to play with, beside yours\n\n", "$muted"),
        (
            "With --dry-run an import says what it would do and writes nothing; an import can be undone.",
            "$faint",
        ),
    )


def _keys(*pairs: tuple[str, str]) -> Content:
    lines = [Content.assemble((f"{key:>5}  ", "bold $here"), (words, "$muted")) for key, words in pairs]
    return Content("\n").join(lines)
