"""Two or more customers side by side: what each says of every field, whose word counts, and what would move.

Law: the same plan as on the command line; nothing is written before it is confirmed, and it is one change with one undo.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from agentdesk.desk import Desk
from agentdesk.domain.errors import NotFoundError
from agentdesk.domain.safe_text import clip, line, pad
from agentdesk.queries.customer_plans import CustomerMergePlan, MergeField, customer_merge_plan, plan_lines
from agentdesk.screens.dialog import DeskDialog
from agentdesk.widgets.options import MARGIN, BarredOptions
from agentdesk.widgets.safe import body

if TYPE_CHECKING:
    from agentdesk.store.change import Change

LABEL = 17
SHORT_LABEL = 12
ROOMY = 20
"""Cells of a side below which labels are short and who stays is said on a line of its own."""
STAYS = " · stays"
MOST_SIDES = 3
"""So many stand beside each other; of more, the one whose word counts is shown."""


class _Fields(BarredOptions):
    """Enter is for the dialog, as everywhere; a click lets the next side count."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "screen.confirm", "Merge", show=False, id="customer_merge.confirm")
    ]


class CustomerMergeDialog(DeskDialog):
    """Dismissed with True once they are one.

    Args:
        desk: The desk.
        customer_ids: Two or more; the first of them stays, unless another one is chosen.
    """

    confirm_label: ClassVar[str] = "Merge"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "step(1)", "Down", show=False, id="customer_merge.down"),
        Binding("k", "step(-1)", "Up", show=False, id="customer_merge.up"),
        Binding("l,right", "pick(1)", "Next side", show=False, id="customer_merge.next"),
        Binding("h,left", "pick(-1)", "Side before", show=False, id="customer_merge.previous"),
        Binding("space", "stay", "Another one stays", show=False, id="customer_merge.stay"),
    ]

    def __init__(self, desk: Desk, customer_ids: Sequence[int], **named: Any) -> None:
        super().__init__(desk, (), **named)
        self._ids = list(dict.fromkeys(customer_ids))
        self._stays = self._ids[0]
        self._picks: dict[str, int] = {}
        self._plan = self._read()

    def _read(self) -> CustomerMergePlan:
        with self.desk.read() as read:
            others = [one for one in self._ids if one != self._stays]
            plan = customer_merge_plan(read, others, self._stays)
        if plan is None:
            raise NotFoundError("customer", " or ".join(map(str, self._ids)), "Somebody has taken one away.")
        return plan

    @property
    def title_words(self) -> str:
        """How many."""
        return f"Are these {len(self._ids)} one person?"

    def aside(self) -> str:
        """How it is done."""
        return "← → whose word · space who stays"

    def fields(self) -> ComposeResult:
        """Names above, a line for each field, what would happen."""
        yield Static(id="sides")
        yield _Fields(id="merge-fields")
        yield Static(id="plan")

    def begin(self) -> None:
        """Show all sides."""
        self._fill(0)
        self.query_one(OptionList).focus()

    def on_resize(self) -> None:
        """Columns have another width."""
        self._fill(self._at())

    def sentence(self) -> str:
        """That it can be taken back, or why it cannot be done."""
        return self._plan.refusal or "enter merges them; z takes all of it back."

    @property
    def _shown(self) -> list[MergeField]:
        """The fields that any side says something of, those with a choice first."""
        said = [one for one in self._plan.fields if any(one.values)]
        return sorted(said, key=lambda one: not one.differs)

    def _at(self) -> int:
        return self.query_one(OptionList).highlighted or 0

    def _fill(self, at: int) -> None:
        wide = max(self.query_one("#dialog-body").scrollable_content_region.width or 70, 40) - MARGIN - 1
        listed = self.query_one(OptionList)
        listed.set_options([Option(Content.assemble(*self._row(one, wide))) for one in self._shown])
        listed.highlighted = min(at, max(len(self._shown) - 1, 0))
        self.query_one("#sides", Static).update(body(self._heads(wide), "bold"))
        told = plan_lines(self._plan)
        loud = [one for one in told if one.isupper()]
        moves = [one for one in told if one.startswith("Moves")]
        self.query_one("#plan", Static).update(
            Content.assemble(
                *((f"{one}\n", "bold $late") for one in loud), *((one, "$muted") for one in moves)
            )
        )
        self.retell()

    def _heads(self, wide: int) -> str:
        """Who is who, in an order that stays; who stays is said behind the name, or below it where that has no room."""
        people = {one.id: one for one in (self._plan.into, *self._plan.sources)}
        names = [f"{one} {line(people[one].name)}" for one in self._ids]
        at = self._ids.index(self._stays)
        if len(names) > MOST_SIDES:
            return " " * MARGIN + ", ".join([*names[:at], names[at] + STAYS, *names[at + 1 :]])
        label, room = self._room(wide, len(names))
        before = " " * (MARGIN + label)
        if room < ROOMY:
            cells = "".join(pad(clip(one, room - 2), room) for one in names)
            return f"{before}{cells.rstrip()}\n{before}{' ' * (at * room)}stays"
        names[at] = f"{clip(names[at], room - 2 - len(STAYS))}{STAYS}"
        return before + "".join(pad(clip(one, room - 2), room) for one in names)

    def _row(self, field: MergeField, wide: int) -> list[tuple[str, str]]:
        chosen, values = self._chosen(field), self._values(field)
        label, room = self._room(wide, len(values) if len(values) <= MOST_SIDES else 1)
        parts: list[tuple[str, str]] = [(pad(clip(line(field.label), label - 1), label), "$muted")]
        if len(values) > MOST_SIDES:
            whose = "all" if chosen is None else str(self._ids[chosen])
            value = field.outcome if chosen is None else values[chosen]
            return [*parts, (f"● {whose}: {clip(line(value) or '—', wide - LABEL - 10)}", "$ink")]
        for place, value in enumerate(values):
            is_on = field.differs and (chosen == place or (chosen is None and bool(value)))
            sign = "● " if is_on else "  "
            shown = pad(clip(line(value) or "—", room - 3), room - 2)
            style = "$faint" if not field.differs else "$ink" if is_on else "$muted"
            parts.append((f"{sign}{shown}", style))
        return parts

    def _room(self, wide: int, sides: int) -> tuple[int, int]:
        """Cells of the label, and of each side."""
        room = (wide - LABEL) // sides
        return (LABEL, room) if room >= ROOMY else (SHORT_LABEL, max((wide - SHORT_LABEL) // sides, 8))

    def _places(self) -> list[int]:
        """Where in the plan, which begins with who stays, each side stands."""
        planned = [self._plan.into.id, *(one.id for one in self._plan.sources)]
        return [planned.index(one) for one in self._ids]

    def _values(self, field: MergeField) -> list[str]:
        return [field.values[place] for place in self._places()]

    def _chosen(self, field: MergeField) -> int | None:
        """The place of the side whose word counts; None where that of all does."""
        pick = self._picks.get(field.name)
        if pick is not None:
            return self._ids.index(pick)
        return None if field.choice is None else self._places().index(field.choice)

    def action_step(self, by: int) -> None:
        """Move the cursor."""
        listed = self.query_one(OptionList)
        listed.highlighted = max(0, min(self._at() + by, len(self._shown) - 1))

    def action_pick(self, by: int) -> None:
        """The word of the next side counts; of what all have a part in, also that of all."""
        fields = self._shown
        if not fields:
            return
        field = fields[self._at()]
        places: list[int | None] = [*range(len(self._ids)), *([None] if field.choice is None else [])]
        place = places[(places.index(self._chosen(field)) + by) % len(places)]
        if place is None:
            self._picks.pop(field.name, None)
        else:
            self._picks[field.name] = self._ids[place]
        self._fill(self._at())

    @on(OptionList.OptionSelected)
    def _selected(self) -> None:
        self.action_pick(1)

    def action_stay(self) -> None:
        """The next one is who stays."""
        self._stays = self._ids[(self._ids.index(self._stays) + 1) % len(self._ids)]
        self._plan = self._read()
        self._fill(self._at())

    def action_confirm(self) -> None:
        """Merge, if everything is still as it was shown."""
        plan, picks = self._plan, dict(self._picks)
        if plan.refusal:
            self.refuse(plan.refusal)
            return
        into, sources = plan.into.id, [one.id for one in plan.sources]

        def merge(change: "Change") -> bool:
            from agentdesk import services

            services.merge_customers(change, sources, into, picks=picks, versions=plan.versions)
            return True

        gone = _numbered(plan.sources[0]) if len(sources) == 1 else f"{len(sources)} customers"
        self.carry_out(f"Merged {gone} into {_numbered(plan.into)}", merge)


def _numbered(one: Any) -> str:
    """Both often have one name."""
    return f"{one.id} {one.name}"
