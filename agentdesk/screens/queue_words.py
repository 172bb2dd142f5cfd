"""What the queue says in words: its order, when it was read, and what to do when it is empty."""

import re
from datetime import datetime, tzinfo

from textual.content import Content

from agentdesk.domain.attention import ORDER_WORDS, why_here
from agentdesk.domain.safe_text import line
from agentdesk.queries.tickets import Sort, TicketRow
from agentdesk.queries.views import View
from agentdesk.settings import default_store
from agentdesk.store.location import parse_location
from agentdesk.widgets.safe import content
from agentdesk.widgets.ticket_columns import THEIR_TURN, UNREAD

_QUOTED = re.compile(r'"[^"]*"?')


def order(sort: Sort, descending: bool, group: str = "") -> str:
    """`sorted by due ↑`, `by queue, then due ↓`: the arrow is down where it is turned round."""
    arrow = "↓" if descending else "↑"
    return f"by {group}, then {sort.label} {arrow}" if group else f"sorted by {sort.label} {arrow}"


def why(row: TicketRow, now: datetime, sort: Sort, descending: bool) -> str:
    """Why a ticket stands where it does, with the rule; a list in another order says so."""
    ref, words = row.ref, why_here(row, row.priority, row.tier or "", row.waiting_since, now)
    if not sort.by_band:
        return (
            f"{ref}: {words}. {_signs(row)}This list is {order(sort, descending)}; o chooses another order."
        )
    turned = " The list is turned round." if descending else ""
    return f"{ref} stands here because: {words}. {_signs(row)}{ORDER_WORDS}{turned}"


def beside(
    row: TicketRow, below: TicketRow | None, now: datetime, zone: tzinfo, order: tuple[Sort, bool]
) -> str:
    """Why it stands above the one below it, where the order asks for what is due; empty where there is none."""
    sort, descending = order
    if below is None or sort.name not in ("attention", "due"):
        return ""
    from agentdesk.domain.order_reasons import why_above

    upper, lower = (below, row) if descending else (row, below)
    return f" {why_above(upper, lower, now, zone, by_band=sort.by_band)}"


def _signs(row: TicketRow) -> str:
    """What the signs of its line say: only of those it has."""
    told = [f"{UNREAD} you have not read it all"] if row.is_unread else []
    told += [f"{THEIR_TURN} the customer spoke last"] if row.is_their_turn else []
    return f"{', '.join(told)}. " if told else ""


def read_at(now: datetime, zone: tzinfo) -> str:
    """`as of 10:42`."""
    return f"as of {now.astimezone(zone):%H:%M}"


def empty(view: View | None, *, customers: int | None, asked: str = "") -> Content:
    """The page instead of an empty list: what that means, and the next step.

    Args:
        view: the view that is empty; None for a question of one's own.
        customers: how many there are where nobody has written a ticket on this desk yet, else None.
        asked: the question.
    """
    if customers is not None:
        return _first_run(customers)
    if view is None:
        head = Content.styled("Nothing matches this question.", "bold $ink")
        return Content.assemble(
            head,
            "\n\n",
            _keys(("/", "change the question"), ("esc", "back to all open tickets")),
            _whole_words(asked),
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


def _whole_words(asked: str) -> Content:
    """That a word is met whole, with the one that could be a beginning."""
    from agentdesk.domain.search_words import beginning

    words = _QUOTED.sub(" ", asked).split()
    first = next((one for one in words if one != beginning(one) and one not in ("AND", "OR", "NOT")), "")
    if not first:
        return Content("")
    told = f"Words are matched whole: {beginning(first)} finds what begins with it."
    return Content.assemble("\n\n", content(told, "$muted"))


def _first_run(customers: int) -> Content:
    people = f"{customers:,} customer{'s' if customers != 1 else ''}".replace(",", " ")
    holds = f"It holds {people} and no ticket yet; what" if customers else "It is empty, and everything"
    return Content.assemble(
        ("Welcome to your desk.\n", "bold $ink"),
        (f"{holds} you put in stays in one file on this machine.\n\n", "$muted"),
        _keys(
            ("d", "a desk to practise on, with a tour; nothing on it is real"),
            ("i", "how to bring your customers and tickets"),
            ("+", "write the first ticket"),
            ("?", "see every key"),
            ("q", "leave"),
        ),
    )


def how_to_import(store: str) -> Content:
    """The page instead of an empty desk once somebody asks how to fill it."""
    from shlex import quote

    named = "" if store == str(default_store()) else f" --store {quote(str(parse_location(store)))}"
    program = f"  agentdesk{line(named)} import "
    return Content.assemble(
        ("Bring what you have, from the shell.\n\n", "bold $ink"),
        ("Customers, as any address book or help desk writes them:\n", "$muted"),
        (f"{program}contacts people.csv\n\n", "bold $ink"),
        ("Tickets with their history; the first line writes down what the columns mean:\n", "$muted"),
        (
            f"{program}tickets old.csv --write-map old.toml\n{program}tickets old.csv --map old.toml\n\n",
            "bold $ink",
        ),
        ("With --dry-run each writes nothing and says what it would do.\n\n", "$faint"),
        _keys(("+", "write the first ticket by hand"), ("d", "a desk to practise on")),
    )


def _keys(*pairs: tuple[str, str]) -> Content:
    lines = [Content.assemble((f"{key:>5}  ", "bold $here"), (words, "$muted")) for key, words in pairs]
    return Content("\n").join(lines)
