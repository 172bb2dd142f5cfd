"""What belongs to a ticket, group by group: a heading with the count, a line a ticket, enter opens it."""

from collections.abc import Sequence
from typing import Any, Final

from textual.content import Content
from textual.widgets.option_list import Option

from agentdesk.domain.safe_text import cells, clip, line, pad
from agentdesk.widgets.detail_list import ItemList
from agentdesk.widgets.safe import content

_REF: Final = 9
_STATUS: Final = 9
_WHY: Final = 14
_STYLES: Final = {"new": "$here", "open": "", "pending": "$waiting", "on_hold": "$internal"}
LOOKING: Final = "looking for tickets in similar wording …"
NONE_ALIKE: Final = "No other ticket shares two of its rare words: no similar wording found."


class RelationList(ItemList):
    """The groups of one ticket, then what is in similar wording once that is read."""

    def __init__(self, **named: Any) -> None:
        super().__init__(**named)
        self._related: list[Any] = []

    @property
    def here(self) -> Any:
        """The relation under the cursor; None on an empty list."""
        at = self.highlighted
        return self._related[at] if at is not None and at < len(self._related) else None

    def show(self, groups: Sequence[Any], alike: Sequence[Any] | None, width: int) -> None:
        """Show these; the cursor stays on its ticket.

        Args:
            groups: as `queries.relations` reads them.
            alike: as `queries.similar` does; None while it is being read.
            width: cells of a line.
        """
        was = self.here and (self.here.ticket.id, type(self.here))
        self._related = []
        options: list[Option] = []
        for group in groups:
            count = (
                f"{len(group.rows)} of {group.total:,}"
                if len(group.rows) < group.total
                else f"{group.total:,}"
            )
            self._head(options, group.title, count)
            for one in group.rows:
                self._add(
                    options, one, _row(one.ticket, one.why, width, has_why=any(two.why for two in group.rows))
                )
        self._head(options, "Similar wording", f"{len(alike):,}" if alike else "")
        for one in alike or ():
            self._add(options, one, _alike(one, width))
        if not alike:
            self._add(options, None, content(LOOKING if alike is None else NONE_ALIKE, "$faint"))
        self.set_options(options)
        places = [at for at, one in enumerate(self._related) if one is not None]
        same = [at for at in places if was == (self._related[at].ticket.id, type(self._related[at]))]
        self.highlighted = next(iter(same or places), None)

    def _head(self, options: list[Option], title: str, count: str) -> None:
        if options:
            self._add(options, None, Content(" "))
        self._add(
            options,
            None,
            Content.assemble(content(title.upper(), "bold $muted"), content(f"  {count}", "$faint")),
        )

    def _add(self, options: list[Option], one: Any, prompt: Content) -> None:
        self._related.append(one)
        options.append(Option(prompt, disabled=one is None))


def _row(ticket: Any, why: str, width: int, *, has_why: bool) -> Content:
    status = ticket.status.replace("_", " ")
    who = line(ticket.assignee) or "unassigned"
    room = max(10, width - _REF - _STATUS - (_WHY if has_why else 0) - cells(who) - 4)
    subject = clip(line(ticket.subject), room)
    return Content.assemble(
        content(f"{ticket.ref:<{_REF}}", "$muted"),
        content(f"{status:<{_STATUS}}", _STYLES.get(ticket.status, "$faint")),
        content(f"{why:<{_WHY}}" if has_why else "", "$faint"),
        content(pad(subject, room)),
        content(f"  {who}", "$faint"),
    )


def _alike(one: Any, width: int) -> Content:
    """The ticket, and below it the words that it shares."""
    words = clip(f"shares {', '.join(map(line, one.words))}", max(10, width - _REF - 2))
    return Content.assemble(
        _row(one.ticket, "", width, has_why=False), "\n", content(" " * _REF + words, "$faint")
    )
