"""Which ticket others become part of: candidates with the reason each is offered; a number or words find any other."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on, work
from textual.app import ComposeResult

from agentdesk.domain.safe_text import clip, line
from agentdesk.screens.dialog import DeskDialog
from agentdesk.widgets.picker import Entry, Picker

if TYPE_CHECKING:
    from agentdesk.queries.merge_candidates import Candidate


class TargetDialog(DeskDialog):
    """A dialog that picks another ticket; those in similar wording are added once they are found."""

    def learn(self) -> None:
        """What is offered at once."""
        from agentdesk.queries import merge_candidates

        with self.desk.read() as read:
            self.offered = merge_candidates.near(read, self.ticket_ids)

    def begin(self) -> None:
        """Look for similar wording while the rest is there already."""
        self._look_on()

    @work(thread=True, group="list", exit_on_error=False)
    def _look_on(self) -> None:
        from agentdesk.queries import merge_candidates

        with self.desk.read() as read:
            found = merge_candidates.alike(read, self.ticket_ids)
        if found:
            self.app.call_from_thread(self._add, found)

    def _add(self, found: "Sequence[Candidate]") -> None:
        known = {one.ticket.id for one in self.offered}
        self.offered += [one for one in found if one.ticket.id not in known]
        if self.is_mounted:
            self.query_one(Picker).put_entries(())

    def find(self, typed: str) -> list[Entry]:
        """What fits what was typed: of those offered first, then of all tickets."""
        words = typed.casefold().split()
        entries = [
            one for one in map(self.entry_of, self.offered) if all(word in _text(one) for word in words)
        ]
        if typed.strip():
            entries += [one for one in self._search(typed) if one.value not in {two.value for two in entries}]
        return entries

    def _search(self, typed: str) -> list[Entry]:
        from agentdesk.queries import merge_candidates

        with self.desk.read() as read:
            return [
                self.entry_of(one) for one in merge_candidates.typed(read, self.ticket_ids, typed.strip())
            ]

    def entry_of(self, one: "Candidate") -> Entry:
        """A candidate as a line of the picker."""
        status = one.ticket.status.replace("_", " ")
        about = f"{one.why} · {status} · {line(one.ticket.customer) or 'no customer'}"
        return Entry(
            one.ticket.id, f"{one.ticket.ref} {clip(line(one.ticket.subject), 24)}", about, one.refusal
        )


class MergeDialog(TargetDialog):
    """Pick the ticket that goes on; what will happen is shown before it does."""

    heading: ClassVar[str] = "Merge {what} into …"
    confirm_label: ClassVar[str] = "Look first"

    def fields(self) -> ComposeResult:
        """Every candidate."""
        yield Picker(find=self.find, placeholder="type T-1042 or words; or choose below")

    def aside(self) -> str:
        """What the marked ones do when one of them is chosen."""
        return "the others go into the one you choose" if len(self.ticket_ids) > 1 else ""

    def sentence(self) -> str:
        """What comes next."""
        entry = self.query_one(Picker).entry
        if entry is None:
            typed = self.query_one(Picker).text.strip()
            return (
                "No ticket fits. Type less." if typed else "No ticket is near it yet. Type a number or words."
            )
        return f"Shows what merging into {entry.name.split()[0]} would do. Nothing happens yet."

    @on(Picker.Highlighted)
    def _tell(self) -> None:
        self.retell()

    @on(Picker.Picked)
    def action_confirm(self) -> None:
        """Show what it would do."""
        entry = self.query_one(Picker).entry
        if entry is None or entry.refusal:
            self.refuse(entry.refusal if entry else self.sentence())
            return
        sources = [one for one in self.ticket_ids if one != entry.value]
        if not sources:
            self.refuse("A ticket cannot be merged into itself: choose another one.")
            return
        self.console.show("merge_preview", sources, into=entry.value, then=self._merged)

    def _merged(self, done: Any) -> None:
        self.dismiss(done)


def _text(entry: Entry) -> str:
    return f"{entry.name} {entry.about}".casefold()
