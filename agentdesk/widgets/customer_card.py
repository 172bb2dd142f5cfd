"""The customer in one column: who, how to reach them, what to mind, why they probably call, what happened lately."""

from collections.abc import Sequence
from datetime import datetime, tzinfo
from typing import Any, Final

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from agentdesk.domain.references import ticket_ref
from agentdesk.domain.safe_text import clip, line, name, pad
from agentdesk.domain.when import briefest
from agentdesk.widgets.ticket_columns import clock

Parts = list[tuple[str, str]]
LONGEST = 160
"""Cells of what was said; a list cuts it where its own room ends."""
_SIGNS: Final = {"message": "✉", "order": "¤", "feedback": "★"}
"""Of what is no contact by voice or in person."""


class CustomerCard(VerticalScroll, can_focus=False):
    """Shows one customer; it reads nothing itself."""

    DEFAULT_CSS = """
    CustomerCard { background: $panel-2; padding: 0 2; scrollbar-size-vertical: 1; }
    CustomerCard Static { width: 1fr; height: auto; }
    CustomerCard #work { text-wrap: nowrap; text-overflow: ellipsis; }
    """

    def clear(self, sentence: str = "") -> None:
        """Show nothing but a sentence."""
        self._put("about", [(line(sentence), "$faint")])
        self._put("work", [])
        self._put("notes", [])

    def show(
        self,
        customer: Any,
        open_tickets: Sequence[Any],
        timeline: Sequence[Any],
        now: datetime,
        zone: tzinfo,
        *,
        here: int | None = None,
    ) -> None:
        """Show a customer.

        Args:
            customer: as `queries.customers.customer_detail` reads it.
            open_tickets: their unsolved tickets, what needs attention first.
            timeline: what happened lately, newest first.
            now: the present instant.
            zone: the team's time zone.
            here: the ticket that is open beside the card.
        """
        self._put("about", [*_who(customer, now), *_reach(customer)])
        self._put("work", [*_tickets(open_tickets, now, here), *_lately(timeline, now, zone)])
        self._put("notes", _notes(customer))

    def _put(self, part: str, text: Parts) -> None:
        if not self.children:  # what must be read whole wraps; lists of work keep one line each
            self.mount_all(Static(id=one) for one in ("about", "work", "notes"))
        if text:  # the line that follows begins with a blank one
            text = [*text[:-1], (text[-1][0].removesuffix("\n"), text[-1][1])]
        for shown in self.query(f"#{part}").results(Static):  # none while the screen is being taken down
            shown.update(Content.assemble(*text))


def _heading(words: str) -> Parts:
    return [(f"\n{words}\n", "$faint")]


def _who(customer: Any, now: datetime) -> Parts:
    parts: Parts = [(name(customer.name), "bold $ink"), ("\n", "")]
    role = " · ".join(line(one) for one in (customer.title, customer.organization) if one)
    if role:
        parts.append((f"{role}\n", "$muted"))
    if customer.tier:
        parts.append((f"★ {line(customer.tier)}", "$soon"))
    if customer.owner:
        parts.append((f"{'  ' if customer.tier else ''}owner {line(customer.owner)}", "$muted"))
    if customer.tier or customer.owner:
        parts.append(("\n", ""))
    local = _local_time(customer.time_zone, now)
    known = " · ".join(one for one in (line(customer.language), local) if one)
    if known:
        parts.append((f"{known}\n", "$faint"))
    if customer.do_not_contact:
        parts.append(("⚑ do not contact\n", "bold $late"))
    if customer.warning:
        parts.append((f"⚑ {line(customer.warning)}\n", "bold $soon"))
    return parts


def _local_time(zone: str, now: datetime) -> str:
    if not zone:
        return ""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return f"{now.astimezone(ZoneInfo(zone)):%H:%M} their time"
    except (ZoneInfoNotFoundError, ValueError):
        return ""


def _reach(customer: Any) -> Parts:
    ways = [one for one in (customer.email, customer.phone) if one]
    return [(f"{name(one)}\n", "$waiting") for one in ways] or [("no address known\n", "$faint")]


def _tickets(tickets: Sequence[Any], now: datetime, here: int | None) -> Parts:
    if not tickets:
        return [*_heading("OPEN TICKETS"), ("none\n", "$faint")]
    parts = _heading(f"OPEN TICKETS  {len(tickets)}")
    for one in tickets:
        told = clock(one, now)
        style = {"late": "$late", "soon": "$soon", "muted": "$muted"}.get(told.style, "$faint")
        parts += [
            ("▸" if one.id == here else " ", "$here"),
            (f"{pad(told.text, 9)}", style),
            (f"{ticket_ref(one.id)} ", "$muted"),
            (f"{line(one.subject)}\n", "bold $ink" if one.id == here else "$ink"),
        ]
    return parts


def _lately(timeline: Sequence[Any], now: datetime, zone: tzinfo) -> Parts:
    if not timeline:
        return []
    parts = _heading("LATELY")
    for one in timeline:
        parts += [(f"{briefest(one.at, now, zone):<8} ", "$faint"), (f"{happened(one)}\n", "$muted")]
    return parts


def happened(entry: Any) -> str:
    """One entry of a timeline in one line."""
    if entry.kind in ("opened", "solved"):
        return f"{'✓ solved' if entry.kind == 'solved' else '+ opened'} {line(entry.line)}"
    ref = f"{ticket_ref(entry.ticket_id)} " if entry.ticket_id is not None else ""
    sign = "✎ note" if entry.is_note else _SIGNS.get(entry.kind, "☎")
    return f"{sign} {ref}{line(entry.who or entry.what)}: {clip(line(entry.line), LONGEST)}"


def _notes(customer: Any) -> Parts:
    parts: Parts = []
    if customer.notes:
        parts += [*_heading("NOTES"), (f"{line(customer.notes)}\n", "$muted")]
    if customer.tags:
        parts += [("\n" + " ".join(f"#{line(tag)}" for tag in customer.tags), "$faint")]
    return parts
