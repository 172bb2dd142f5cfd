"""What a macro would do, to be seen before it does: the text as it will stand, and each field before and after."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content

from agentdesk.domain.errors import FieldChange
from agentdesk.domain.macro import as_texts
from agentdesk.domain.placeholders import Filled
from agentdesk.domain.safe_text import line
from agentdesk.queries.macros import MacroRow, Outcome
from agentdesk.widgets.picker import Picker
from agentdesk.widgets.safe import body, content

GAP: Final = "bold reverse $late"
NOTHING: Final = "clear"
"""What the picker of the editor answers to set nothing with the letter."""
LISTED: Final = 4
"""Tickets that are named; of more, the number is told."""


@dataclass(frozen=True, slots=True)
class MacroUse:
    """A macro that was chosen for one letter.

    Attributes:
        macro_id: which.
        name: what it is called.
        text: filled for the ticket; placeholders without a value still stand in it.
        changes: what it sets with the sending, as it is typed.
        kind: `reply` or `note`.
    """

    macro_id: int
    name: str
    text: str
    changes: dict[str, str]
    kind: str


def use_of(row: MacroRow, outcome: Outcome) -> MacroUse:
    """A macro with its text as it stands for a ticket."""
    kind = "reply" if row.visibility == "public" else "note"
    return MacroUse(row.id, row.name, outcome.filled.text, as_texts(row.changes), kind)


def short_words(row: MacroRow, kind: str) -> str:
    """What it is, beside its name: `Delivery · reply, sets 3`; what it does is seen whole in the preview."""
    says = ("reply" if row.is_reply else "note") if row.body.strip() else ""
    sets = f"sets {len(row.changes)}" if row.changes else ""
    return " · ".join(filter(None, (kind, ", ".join(filter(None, (says, sets))))))


def filled_words(filled: Filled) -> Content:
    """The text, what has no value marked."""
    pieces, at = [], 0
    for gap in filled.empty:
        pieces += [body(filled.text[at : gap.start]), content(filled.text[gap.start : gap.end], GAP)]
        at = gap.end
    return Content.assemble(*pieces, body(filled.text[at:]))


def move_lines(moves: Iterable[FieldChange]) -> list[Content]:
    """`status       open → pending`, one a line."""
    return [
        Content.assemble(
            content(f"{one.field:<12}", "$muted"),
            content(f"{line(one.before)} ", "$faint"),
            content(f"→ {line(one.after)}", "bold $here"),
        )
        for one in moves
    ]


def preview_of_one(row: MacroRow, outcome: Outcome) -> Content:
    """What it would do to one ticket: its fields first, for the text may be long."""
    lines = move_lines(outcome.moves)
    if row.changes and not lines:
        lines = [content("Every field is so already.", "$faint")]
    if outcome.refusal:
        lines = [content(f"{outcome.ticket.ref} {outcome.refusal}.", "bold $late")]
    if row.body.strip():
        whom = line(outcome.ticket.customer) or "a customer without a name"
        head = f"Reply to {whom}" if row.is_reply else "Internal note"
        lines += [Content("")] if lines else []
        lines += [
            content(head, "bold $here" if row.is_reply else "bold $internal"),
            filled_words(outcome.filled),
        ]
    return Content("\n").join(lines)


def changed_by(row: MacroRow, outcomes: Iterable[Outcome]) -> list[Outcome]:
    """Those that it would change."""
    return [one for one in outcomes if one.is_possible and (one.moves or row.body.strip())]


def preview_of_many(row: MacroRow, outcomes: Sequence[Outcome], sets: str) -> Content:
    """What it would do to several: how many of each kind, which of them cannot, and the text of the first that can.

    Args:
        row: the macro.
        outcomes: ticket by ticket.
        sets: what it sets, in words, as of now.
    """
    can = [one for one in outcomes if one.is_possible]
    moved = changed_by(row, outcomes)
    lines = [
        content(f"{len(moved)} of {len(outcomes)} {_said(row)}", "bold $here" if moved else "bold $late")
    ]
    if len(moved) < len(can):
        lines.append(content(f"{len(can) - len(moved)} so already", "$faint"))
    for words, found in _left(outcomes).items():
        lines.append(
            content(
                f"{len(found)} left as {'it is' if len(found) == 1 else 'they are'}: {words} ({_named(found)})",
                "$late",
            )
        )
    if row.changes and can:
        lines += [content(f"sets {sets}", "$muted")]
    if row.body.strip() and can:
        lines += [Content(""), content(f"{can[0].ticket.ref} gets:", "$faint"), filled_words(can[0].filled)]
    return Content("\n").join(lines)


def _said(row: MacroRow) -> str:
    if not row.body.strip():
        return "change"
    return "get this reply" if row.is_reply else "get this note"


def _left(outcomes: Sequence[Outcome]) -> dict[str, list[Outcome]]:
    """Those that cannot, by the reason."""
    found: dict[str, list[Outcome]] = {}
    for one in outcomes:
        if not one.is_possible:
            names = " ".join(dict.fromkeys(gap.shown for gap in one.filled.empty))
            found.setdefault(one.refusal or f"{names} has no value", []).append(one)
    return found


def _named(found: Sequence[Outcome]) -> str:
    named = ", ".join(one.ticket.ref for one in found[:LISTED])
    return f"{named} and {len(found) - LISTED} more" if len(found) > LISTED else named


class SeenPicker(Picker):
    """A picker beside which what is highlighted is read: its page keys turn those pages."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pagedown", "read_on(1)", "Read on", show=False),
        Binding("pageup", "read_on(-1)", "Read back", show=False),
    ]

    def action_read_on(self, screens: int) -> None:
        """Turn the preview's pages."""
        preview = self.screen.query_one("#preview", VerticalScroll)
        preview.scroll_relative(y=screens * max(preview.size.height - 1, 1), animate=False)
