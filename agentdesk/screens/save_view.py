"""A question kept as a tab, and what can be done to the view that is open. No ticket is touched by any of it."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Button, Input, RadioSet, Static

from agentdesk.desk import Desk
from agentdesk.domain.safe_text import clip, line
from agentdesk.queries.tickets import SORTS
from agentdesk.queries.views import View
from agentdesk.screens.dialog import DeskDialog, field
from agentdesk.widgets.choice import Choice
from agentdesk.widgets.safe import content
from agentdesk.widgets.toggles import Dot

if TYPE_CHECKING:
    from agentdesk.store.change import Change

NEW, OVER, RENAME, LEFT, RIGHT, DELETE = "new", "over", "rename", "left", "right", "delete"
WIDEST = 60
"""Cells of a question in the sentence."""


class SaveViewDialog(DeskDialog):
    """Dismissed with the id of the view to show, True where there is none, or None.

    Args:
        desk: The desk.
        ticket_ids: Not used; every dialog is made the same way.
        query: What the list is asked.
        sort: Its order, with `-` in front where it is turned round.
        columns: Which columns it shows; none are those of every list.
        group_by: What its headings are.
        view: The view that is open; None for a question of one's own.
    """

    heading: ClassVar[str] = "Views"
    confirm_label: ClassVar[str] = "Save"

    def __init__(
        self,
        desk: Desk,
        ticket_ids: object = (),
        *,
        query: str,
        sort: str = "attention",
        columns: Sequence[str] = (),
        group_by: str = "",
        view: View | None = None,
        **named: Any,
    ) -> None:
        del ticket_ids
        super().__init__(desk, (), **named)
        self._asked: dict[str, Any] = {
            "query": query,
            "sort": sort,
            "columns": list(columns),
            "group_by": group_by,
        }
        self._view = view if view is not None and view.is_saved else None
        self._known: list[View] = []

    def learn(self) -> None:
        """The views there are: a name may be taken, and a place the last."""
        from agentdesk.queries.views import views

        with self.desk.read() as read:
            self._known = views(read)

    def fields(self) -> ComposeResult:
        """What to do, the name, and whose it is."""
        view = self._view
        deeds = [("save as a new view", NEW)]
        if view is not None:
            name = line(view.name)
            deeds += [(f"save as {name}", OVER), (f"rename {name}", RENAME)]
            deeds += [(f"move {name} {side}", side) for side in (LEFT, RIGHT)]
            deeds += [(f"delete {name}", DELETE)]
        start = NEW if view is None else OVER if self._is_changed() else RENAME
        name = line(view.name) if view is not None and start == RENAME else ""
        yield field("Name", Input(name, id="name", compact=True, placeholder="what its tab says"))
        yield field("Do", Choice(deeds, value=start, id="deed"))
        yield field("For", RadioSet(Dot("me", value=True), Dot("everybody"), id="for", compact=True))
        yield field("Shows", Static(content(self._shows()), id="shows", classes="hint"))

    def begin(self) -> None:
        """Begin at the name, which is all that a new view wants."""
        self.query_one("#name").focus()

    @on(Choice.Changed, "#deed")
    def _other_deed(self) -> None:
        deed = self._deed()
        self.query_one("#name", Input).disabled = deed not in (NEW, RENAME)
        self.query_one("#for", RadioSet).disabled = deed != NEW
        verb = {LEFT: "Move", RIGHT: "Move", RENAME: "Rename", DELETE: "Delete"}.get(deed, self.confirm_label)
        self.query_one("#confirm", Button).label = Content.assemble(f" {verb}  ", ("^s ", "dim"))
        self.retell()

    @on(Input.Changed)
    @on(RadioSet.Changed)
    def _tell(self) -> None:
        self.retell()

    def sentence(self) -> str:
        """What will happen to which tab."""
        deed = self._deed()
        return self._told_of_new() if deed == NEW or self._view is None else self._told_of(self._view, deed)

    def _told_of_new(self) -> str:
        name = self._typed_name()
        if not name:
            return "Name it, and it is a tab of the queue."
        if any(one.is_saved and one.name.casefold() == name.casefold() for one in self._known):
            return f"{line(name)} is there already; it will show this instead."
        return f"{line(name)} will be a tab for {'everybody' if self._is_shared() else 'you'}."

    def _told_of(self, view: View, deed: str) -> str:
        called, name = line(view.name), line(self._typed_name())
        if deed == OVER:
            return f"{called} will show this." if self._is_changed() else f"{called} shows this already."
        if deed == RENAME:
            is_new = name not in ("", called)
            return f"{called} will be called {name}." if is_new else f"Type a new name for {called}."
        if deed == DELETE:
            return f"The tab {called} will go. No ticket is touched, and z brings it back."
        beside, place = self._beside(), self._place()
        whose = "everybody's views" if view.is_shared else "your own views"
        if place == (1 if deed == LEFT else len(beside)):
            return f"{called} is the {'first' if deed == LEFT else 'last'} of {whose} already."
        return f"{called} will stand one tab further {deed} among {whose}."

    @on(Input.Submitted)
    def action_confirm(self) -> None:
        """Do it."""
        deed, name = self._deed(), self._typed_name()
        if deed in (NEW, RENAME) and not name:
            self.refuse("A view needs a name.", self.query_one("#name"))
            return
        summary, operation = self._operation(deed, name)

        def keep(change: "Change") -> Any:
            made = operation(change)
            return None if made is None else f"view-{made.id}"

        self.carry_out(summary, keep)

    def _operation(self, deed: str, name: str) -> tuple[str, "Callable[[Change], Any]"]:
        from agentdesk import services

        asked, view = self._asked, self._view
        if deed == NEW or view is None:
            shared = self._is_shared()
            return f"Saved the view {line(name)}", lambda change: services.save_view(
                change, name=name, shared=shared, **asked
            )
        at: dict[str, Any] = {"expected_version": view.version}
        called = line(view.name)
        if deed == DELETE:
            return f"Deleted the view {called}", lambda change: services.remove_view(
                change, view.number, **at
            )
        if deed in (LEFT, RIGHT):
            place = max(1, self._place() + (1 if deed == RIGHT else -1))
            return f"Moved the view {called}", lambda change: services.move_view(
                change, view.number, place, **at
            )
        values = {"name": name} if deed == RENAME else asked
        told = f"Renamed the view {called} to {line(name)}" if deed == RENAME else f"Saved the view {called}"
        return told, lambda change: services.edit_view(change, view.number, values, **at)

    def _deed(self) -> str:
        return str(self.query_one("#deed", Choice).chosen or NEW)

    def _typed_name(self) -> str:
        return " ".join(self.query_one("#name", Input).value.split())

    def _is_shared(self) -> bool:
        return self.query_one("#for", RadioSet).pressed_index == 1

    def _is_changed(self) -> bool:
        view = self._view
        kept = {} if view is None else {
            "query": view.query, "sort": view.sort, "columns": list(view.columns), "group_by": view.group_by
        }  # fmt: skip
        return kept != self._asked

    def _beside(self) -> list[View]:
        """The views among which the open one has its place."""
        view = self._view
        return [one for one in self._known if view and one.is_saved and one.is_shared == view.is_shared]

    def _place(self) -> int:
        ids = [one.id for one in self._beside()]
        return ids.index(self._view.id) + 1 if self._view and self._view.id in ids else 1

    def _shows(self) -> str:
        sort = str(self._asked["sort"])
        turned = ", turned round" if sort.startswith("-") else ""
        parts = [clip(line(self._asked["query"]) or "every ticket", WIDEST)]
        parts.append(f"sorted by {SORTS[sort.lstrip('-')].label}{turned}")
        if self._asked["columns"]:
            parts.append(f"columns {', '.join(self._asked['columns'])}")
        if self._asked["group_by"]:
            parts.append(f"headings by {self._asked['group_by']}")
        return "; ".join(parts)
