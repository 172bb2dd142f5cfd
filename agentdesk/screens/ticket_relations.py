"""What an open ticket does about other tickets: its page of related ones, and the commands that mean the one under the cursor."""

from typing import TYPE_CHECKING, Any

from textual import on
from textual.widgets import ContentSwitcher, OptionList

from agentdesk.domain.vocabulary import Status
from agentdesk.queries.relations import Relation, count
from agentdesk.queries.similar import Similar, similar
from agentdesk.screens.frame import DeskScreen
from agentdesk.widgets.history_view import HistoryView
from agentdesk.widgets.relation_list import RelationList
from agentdesk.widgets.tab_line import TabLine

if TYPE_CHECKING:
    from agentdesk.screens.ticket_look import TicketLook
    from agentdesk.store.change import Change

PAGES = ("conversation", "details", "history", "related")
"""The pages of a ticket, in order."""


class RelatedTickets(DeskScreen):
    """The base of the ticket screen that knows what is near the ticket."""

    _look: "TicketLook"
    _alike: tuple[int, list[Similar]] | None = None
    """What was found in similar wording, and of which ticket."""

    def draw_related(self, width: int) -> None:
        """Fill the page; similar wording is looked for once it is on the screen."""
        number = self._look.detail.id
        is_known = self._alike is not None and self._alike[0] == number
        alike = self._alike[1] if is_known and self._alike is not None else None
        self.query_one(RelationList).show(self._look.related, alike, width)
        if not is_known and self.query_one(ContentSwitcher).current == "related":
            self.read_then(lambda: self._find_alike(number), self._take_alike, group="alike")

    def tell_pages(self) -> None:
        """Name the pages; that of related tickets with how many there are, and how many of similar wording once they are found."""
        near, tabs = count(self._look.related), self.query_one(TabLine)
        alike = len(self._alike[1]) if self._alike and self._alike[0] == self._look.detail.id else 0
        known = f" {near}+{alike}" if alike else f" {near}" if near else ""
        tabs.show(tabs.place, [*(name.title() for name in PAGES[:3]), f"Related{known}"])

    def _find_alike(self, number: int) -> tuple[int, list[Similar]]:
        with self.desk.read() as read:
            return number, similar(read, number)

    def _take_alike(self, found: tuple[int, list[Similar]]) -> None:
        if found[0] == self._look.detail.id:
            self._alike = found
            self.draw_related(self.page_width())
            self.tell_pages()

    def leave_for_good(self) -> None:
        """The ticket is not there any more: back to where this was opened from, if it is what is looked at."""
        if self.is_current:
            self.dismiss(None)

    def page_width(self) -> int:
        """Cells of a line of the pages."""
        return max(20, self.query_one("#pages").size.width - 6)

    @on(OptionList.OptionSelected, "#related")
    def _open_related(self) -> None:
        if (one := self.query_one(RelationList).here) is not None:
            self.console.open_ticket(one.ticket.id)

    def _under_cursor(self) -> Any:
        """The ticket under the cursor of the related page; None elsewhere."""
        is_here = self.query_one(ContentSwitcher).current == "related"
        return self.query_one(RelationList).here if is_here else None

    def action_link(self) -> None:
        """Link to the one under the cursor, or to one that is chosen."""
        one = self._under_cursor()
        if one is None or _link_kind(one):
            self._ask("link")
        else:
            self._ask("link", other=one.ticket.id)

    def action_unmerge(self) -> None:
        """Take the link under the cursor away, or take merged tickets apart."""
        one = self._under_cursor()
        if kind := _link_kind(one):
            self._unlink(one.ticket.id, one.ticket.ref, kind)
            return
        groups = {group.key for group in self._look.related}
        if groups & {"merged", "merged_into"}:
            self._ask("unmerge")
        else:
            self.console.say("Nothing is merged here, and no link is under the cursor. M merges, L links.")

    def _unlink(self, other: int, ref: str, kind: str) -> None:
        number = self._look.detail.id

        def unlink(change: "Change") -> None:
            from agentdesk import services

            services.unlink_tickets(change, number, other, kind)

        self.console.perform(f"Took the link between {self._look.detail.ref} and {ref} away", unlink)

    def action_split(self) -> None:
        """Choose the message that gets a ticket of its own."""
        if not any(one.author_kind == "customer" for one in self._look.messages):
            self.console.say("The customer has written nothing here: there is nothing to split off.")
        else:
            self.console.show("split", [self._look.detail.id], then=self.console.open_ticket)

    def action_enter(self) -> None:
        """Open the entry of the history, or the ticket that this one is part of."""
        if self.query_one(ContentSwitcher).current == "history":
            self.query_one(HistoryView).action_unfold()
        elif self._look.detail.merged_into_id is not None:
            self.console.open_ticket(self._look.detail.merged_into_id)
        else:
            self.console.say("There is nothing to open on this page; h and l turn to the others.")

    def action_new_ticket(self) -> None:
        """Write another ticket for the same customer; of a closed one, its follow-up."""
        one = self._look.detail
        if one.status == Status.CLOSED:
            self.action_reply()
        else:
            self.console.show("new_ticket", customer_id=one.customer_id, then=self.console.open_ticket)


def _link_kind(one: Any) -> str:
    """Of a link under the cursor; empty for what belongs to the ticket in another way."""
    return one.link_kind if isinstance(one, Relation) else ""
