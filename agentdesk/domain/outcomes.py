"""What one operation does to many tickets, in counts and in words: who changes how, who is so already, who cannot.

The words are read from what the operation itself has written or refused; no rule is told here a second time.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from agentdesk.domain.fields import label_of_column
from agentdesk.domain.references import ticket_ref

Deed = tuple[str, str]
"""A verb as many do it, and the rest: `("become", "solved")`."""
NAMED: Final = 3
"""Tickets that are named in the sentence; of more, the number is told."""
_ONE: Final = {"are": "is", "have": "has", "go": "goes", "cannot": "cannot"}
_DONE: Final = ("solved", "closed")
_TOLD: Final = (
    "subject",
    "type",
    "category",
    "channel",
    "customer_id",
    "due_at",
    "intake",
    "impact",
    "urgency",
)


class Kind(StrEnum):
    """How it goes for a ticket; those that cannot come first, because somebody has to look at them."""

    CANNOT = "cannot"
    CHANGES = "changes"
    ALREADY = "already"


@dataclass(frozen=True, slots=True)
class Outcome:
    """How it goes for one ticket.

    Attributes:
        ticket_id: the ticket.
        kind: whether it changes.
        deeds: what it will have done, for one that changes.
        state: how it is, as it reads after the reference, for one that does not: `is solved`, `is closed: ...`.
    """

    ticket_id: int
    kind: Kind
    deeds: tuple[Deed, ...] = ()
    state: str = ""

    def words(self, count: int = 1) -> str:
        """As it reads after a number of tickets: `become solved and yours`, `are solved already`, `cannot`."""
        if self.kind is Kind.CHANGES:
            return _joined([(_verb(verb, count), rest) for verb, rest in self.deeds])
        if self.kind is Kind.CANNOT:
            return "cannot"
        verb, _, rest = self.state.partition(" ")
        many = {"is": "are", "has": "have", "stays": "stay"}.get(verb, verb)
        rest = "these tags" if rest.startswith("the tags ") else rest
        return f"{verb if count == 1 else many} {rest} already"


def deeds_of(
    rows: Iterable[Mapping[str, Any]], names: Mapping[str, Mapping[Any, str]], me: int | None
) -> tuple[Deed, ...]:
    """What journal rows did to a ticket, the weightiest first.

    Args:
        rows: those of one operation on one ticket.
        names: of agents and queues by id, under `assignee_id` and `queue_id`.
        me: who acts: what they get is "yours".
    """
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    made: list[Deed] = []
    for row in rows:
        if row["entity"] == "ticket" and row["before"] is not None:
            before = {**(row["before"] or {}), **before}
            after |= row["after"] or {}
        elif row["before"] is None and row["after"]:
            made += _made(row["entity"], row["after"])
    moved = {name: value for name, value in after.items() if before.get(name) != value}
    deeds = [*_moves(before, moved, names, me), *dict.fromkeys(made)]
    return tuple(deeds) or (("change", "a little"),)


def sentence(outcomes: Sequence[Outcome]) -> str:
    """`27 become solved · 2 are solved already · 1 cannot: T-1033 is closed`."""
    parts = []
    for kind in (Kind.CHANGES, Kind.ALREADY, Kind.CANNOT):
        of_kind = [one for one in outcomes if one.kind is kind]
        counted = Counter((one.words(1), one.words(2)) for one in of_kind)
        parts += [
            f"{_count(many)} {single if many == 1 else several}"
            for (single, several), many in counted.most_common()
        ]
        if kind is Kind.CANNOT and of_kind:
            parts[-1] += _refused(of_kind)
    return " · ".join(parts)


def _count(many: int) -> str:
    return f"{many:,}".replace(",", " ")


def _refused(refused: Sequence[Outcome]) -> str:
    """`: T-1 is closed`; where all cannot the same, that is said once: ` be solved yet: T-1, T-2`."""
    whys = [one.state.partition(":")[0].rstrip(".") for one in refused]
    refs = [ticket_ref(one.ticket_id) for one in refused]
    if len(set(whys)) == 1 and whys[0].startswith("cannot "):
        return f"{whys[0].removeprefix('cannot')}: {_first(refs)}"
    return f": {_first([f'{ref} {why}' for ref, why in zip(refs, whys, strict=True)])}"


def _first(refused: Sequence[str]) -> str:
    named = refused[:NAMED]
    more = f" and {_count(len(refused) - NAMED)} more" if len(refused) > NAMED else ""
    return ", ".join(named) + more


def _verb(verb: str, count: int) -> str:
    return verb if count != 1 else _ONE.get(verb, f"{verb}s")


def _joined(deeds: Sequence[Deed]) -> str:
    """`become solved and yours, get #vat`, `become pending and get a wake-up time`: each verb once."""
    by_verb: dict[str, list[str]] = {}
    for verb, rest in deeds:
        by_verb.setdefault(verb, []).append(rest)
    said = [f"{verb} {' and '.join(rests)}" for verb, rests in by_verb.items()]
    is_plain = len(said) == 2 and not any(" and " in one for one in said)
    return " and ".join(said) if is_plain else ", ".join(said)


def _made(entity: str, row: Mapping[str, Any]) -> list[Deed]:
    if entity == "escalation":
        return [("are", "escalated")]
    if entity == "message" and row.get("author_kind") == "agent":
        return [("get", "a note" if row.get("visibility") == "internal" else "a reply")]
    return []


def _moves(
    before: Mapping[str, Any],
    moved: Mapping[str, Any],
    names: Mapping[str, Mapping[Any, str]],
    me: int | None,
) -> list[Deed]:
    deeds: list[Deed] = []
    if moved.get("merged_into_id"):
        deeds.append(("go", f"into {ticket_ref(moved['merged_into_id'])}"))
    elif "status" in moved:
        deeds.append(("become", str(moved["status"]).replace("_", " ")))
    if "assignee_id" in moved:
        deeds.append(("become", _whose(moved["assignee_id"], names.get("assignee_id", {}), me)))
    if "priority" in moved:
        deeds.append(("become", moved["priority"]))
    if "queue_id" in moved:
        queue = names.get("queue_id", {}).get(moved["queue_id"])
        deeds.append(("move", f"to {queue}" if queue else "out of every queue"))
    if "tags" in moved:
        was, now = before.get("tags") or [], moved["tags"] or []
        deeds += [("get", _tags(now, was))] if _tags(now, was) else []
        deeds += [("lose", _tags(was, now))] if _tags(was, now) else []
    if (
        moved.get("status") in _DONE
    ):  # what is done waits for nothing and promises nothing: that is said by it
        return deeds
    if "wake_at" in moved:
        deeds.append(("get", "a wake-up time") if moved["wake_at"] else ("lose", "the wake-up time"))
    return deeds + [("get", f"another {label_of_column(name)}") for name in _TOLD if name in moved]


def _tags(these: Iterable[str], those: Iterable[str]) -> str:
    known = set(those)
    return " ".join(f"#{tag}" for tag in these if tag not in known)


def _whose(agent_id: int | None, agents: Mapping[Any, str], me: int | None) -> str:
    if agent_id is None:
        return "nobody's"
    return "yours" if agent_id == me else f"{agents.get(agent_id, agent_id)}'s"
