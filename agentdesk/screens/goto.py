"""Go to a ticket or a customer: by number, name, address, telephone or any word."""

import re
from collections.abc import Sequence
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult

from agentdesk.desk import Desk
from agentdesk.domain.errors import InvalidValueError
from agentdesk.domain.references import ticket_id
from agentdesk.domain.safe_text import line
from agentdesk.screens.dialog import DeskDialog
from agentdesk.widgets.picker import Entry, Picker

LIMIT = 10
_PHONE = re.compile(r"[+\d][\d ()/.-]{4,}")


class GotoDialog(DeskDialog):
    """Dismissed with `("ticket", id)`, `("customer", id)` or None."""

    heading: ClassVar[str] = "Go to"
    confirm_label: ClassVar[str] = "Open"

    def __init__(self, desk: Desk, ticket_ids: Sequence[int] = (), **named: Any) -> None:
        del ticket_ids
        super().__init__(desk, (), **named)

    def fields(self) -> ComposeResult:
        """One line; what fits, the nearest first."""
        yield Picker(find=self._find, placeholder="T-1042, a name, an address, a telephone number, words")

    def sentence(self) -> str:
        """What enter opens."""
        entry = self.query_one(Picker).entry
        if entry is not None:
            return f"Opens {entry.name}."
        return (
            "Nothing fits these words."
            if self.query_one(Picker).text.strip()
            else "A number opens that ticket."
        )

    @on(Picker.Highlighted)
    def _tell(self) -> None:
        self.retell()

    @on(Picker.Picked)
    def action_confirm(self) -> None:
        """Open what is under the cursor."""
        entry = self.query_one(Picker).entry
        if entry is None:
            self.refuse(self.sentence())
        else:
            self.dismiss(entry.value)

    def _find(self, typed: str) -> list[Entry]:
        from agentdesk.queries import customers, search, tickets

        words = typed.strip()
        if not words:
            return []
        found: list[Entry] = []
        with self.desk.read() as read:
            try:
                rows = tickets.by_ids(read, [ticket_id(words)])
            except InvalidValueError:
                rows = []
            found += [
                Entry(("ticket", row.id), f"{row.ref}  {line(row.subject)}", line(row.customer))
                for row in rows
            ]
            asked = re.sub(r"[^\d+]", "", words) if _PHONE.fullmatch(words) else words
            people = customers.find(read, asked, limit=5)
            found += [
                Entry(
                    ("customer", row.id),
                    line(row.name),
                    line(" · ".join(filter(None, (row.email, row.phone, row.organization)))),
                )
                for row in people
            ]
            hits = search.search(read, words, limit=LIMIT)
        found += [
            Entry(
                ("customer", hit.id) if hit.ticket_id is None else ("ticket", hit.ticket_id),
                line(hit.title),
                line(hit.excerpt),
            )
            for hit in hits
        ]
        return list({entry.value: entry for entry in reversed(found)}.values())[::-1][:LIMIT]
