"""What a merge would do, said in full before it does it: one confirmation, one undo."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from agentdesk.desk import Desk
from agentdesk.domain.references import ticket_ref
from agentdesk.domain.safe_text import line
from agentdesk.screens.dialog import DeskDialog
from agentdesk.widgets.safe import content

if TYPE_CHECKING:
    from agentdesk.store.change import Change


class MergePreview(DeskDialog):
    """Enter merges, since it can be taken back.

    Args:
        desk: The desk.
        ticket_ids: The tickets that end.
        into: The ticket that goes on.
    """

    confirm_label: ClassVar[str] = "Merge"

    def __init__(self, desk: Desk, ticket_ids: Sequence[int], *, into: int, **named: Any) -> None:
        super().__init__(desk, ticket_ids, **named)
        self.into = into

    @property
    def title_words(self) -> str:
        """What becomes part of what."""
        return f"Merge {self.what} into {ticket_ref(self.into)}?"

    def aside(self) -> str:
        """Which keys."""
        return "enter merges, esc goes back" if self._plan is not None and not self._plan.refusal else ""

    def learn(self) -> None:
        """Look at both sides."""
        from agentdesk.queries.merge_plans import merge_plan, plan_lines

        with self.desk.read() as read:
            self._plan = merge_plan(read, self.ticket_ids, self.into)
        self._lines = plan_lines(self._plan) if self._plan is not None and not self._plan.refusal else []

    def fields(self) -> ComposeResult:
        """The ticket that goes on, then the plan, what is loud first."""
        if self._plan is not None:
            one = self._plan.into.ticket
            yield Static(
                content(f"{one.ref}  {line(one.subject)} · {line(one.customer) or 'no customer'}", "bold")
            )
        for told in self._lines:
            is_loud = told.isupper() or told.startswith("DIFFERENT")
            sign = "! " if is_loud else "· "
            yield Static(
                Content.assemble(
                    (sign, "$late" if is_loud else "$faint"), content(told, "bold $late" if is_loud else "")
                )
            )

    def begin(self) -> None:
        """Enter is on what can be done."""
        is_possible = self._plan is not None and not self._plan.refusal
        self.query_one("#confirm").display = is_possible
        self.query_one("#confirm" if is_possible else "#cancel").focus()

    def sentence(self) -> str:
        """That it can be taken back."""
        if self._plan is None:
            return "One of these tickets is not there any more."
        if self._plan.refusal:
            advice = " Back in the list, take off their marks." if len(self.ticket_ids) > 1 else ""
            return f"{self._plan.refusal}{advice} Nothing was merged."
        return (
            "Nothing is moved: z takes it back, and U in the opened ticket takes them apart at any later time, "
            "after replies too."
        )

    def action_confirm(self) -> None:
        """Merge, if everything is still as it was shown."""
        plan = self._plan
        if plan is None or plan.refusal:
            self.refuse(self.sentence())
            return
        versions = {one.ticket.id: one.ticket.version for one in (*plan.sources, plan.into)}

        def merge(change: "Change") -> int:
            from agentdesk import services

            services.merge_tickets(
                change, self.ticket_ids, self.into, versions=versions, across_customers=plan.is_across
            )
            return self.into

        self.carry_out(f"Merged {self.what} into {ticket_ref(self.into)}", merge)
