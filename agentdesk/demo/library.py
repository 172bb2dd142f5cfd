"""What the sample desk has written down: macros, articles, and the forms of two categories, with how they were used."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any, Final

from agentdesk.demo.casting import Story
from agentdesk.demo.ledger import Ledger
from agentdesk.demo.material import load
from agentdesk.demo.staging import Colleague
from agentdesk.demo.story import Act
from agentdesk.domain.events import Event
from agentdesk.domain.identity import name_key
from agentdesk.domain.intake import FormField, parse_field
from agentdesk.domain.macro import checked_changes
from agentdesk.models import Article, IntakeForm, Macro

_SINCE: Final = timedelta(days=900)
_USED: Final = {
    (Act.ASK, "Machine"): "E07: air in the pump",
    (Act.ASK, "Return"): "Ask for what is missing",
    (Act.HOLD, "Delivery"): "Where the parcel is",
    (Act.SOLVE, "Refunds"): "Refund is on its way",
    (Act.ASK, "Delivery"): "Ask for what is missing",
}
"""Which macro a step of a ticket of this category may have been made with."""
_EVERY: Final = 3
"""One of so many steps was."""
_SLOTS: Final = {"serial": "serial", "order_number": "order"}
"""Fields of the forms by the slot of a story that answers them."""


@cache
def _library() -> dict[str, Any]:
    return load("library")


@cache
def _forms() -> Mapping[str, tuple[FormField, ...]]:
    return {one["category"]: tuple(map(parse_field, one["fields"])) for one in _library()["form"]}


def keep_library(ledger: Ledger, now: datetime, agents: Sequence[Colleague]) -> None:
    """Everything as rows."""
    numbers = {one.handle: one.id for one in agents}
    for place, (category, fields) in enumerate(_forms().items(), start=1):
        at = _past(now, _SINCE.days)
        rows = [one.as_row() for one in fields]
        row = ledger.add(
            IntakeForm, place, at, category=category, category_key=name_key(category), fields=rows
        )
        ledger.created(IntakeForm, row, Event.INTAKE_FORM_CHANGED, None, at)
    for place, one in enumerate(_library()["macro"], start=1):
        at = _past(now, one["age"])
        told = {name: one[name] for name in ("name", "category", "visibility") if name in one}
        told |= {"body": one.get("body", "").strip("\n"), "changes": checked_changes(one.get("changes", {}))}
        row = ledger.add(Macro, place, at, reviewed_at=_past(now, one["looked"]), **told)
        ledger.created(Macro, row, Event.MACRO_CHANGED, None, at)
    for place, one in enumerate(_library()["article"], start=1):
        at = _past(now, one["age"])
        told = {name: one[name] for name in ("title", "category", "tags", "audience") if name in one}
        told |= {"body": one["body"].strip("\n"), "author_id": numbers[one["author"]]}
        told |= {"is_published": one.get("published", True), "reviewed_at": _past(now, one["looked"])}
        row = ledger.add(Article, place, at, **told)
        ledger.created(Article, row, Event.ARTICLE_CHANGED, told["author_id"], at)


def answers_of(story: Story) -> dict[str, str]:
    """The values of the form of a story's category, as far as the story knows them; empty where it has none."""
    fields = _forms().get(story.scenario.category, ())
    return {one.name: story.slots[_SLOTS[one.name]] for one in fields if one.name in _SLOTS}


def tell_uses(ledger: Ledger, stories: Iterable[Story]) -> None:
    """Some steps were made with a macro; the history of the ticket says so."""
    numbers = {row["name"]: row["id"] for row in ledger.rows[Macro]}
    turn = 0
    for story in stories:
        for step in story.steps:
            name = _USED.get((step.act, story.scenario.category))
            if name is None or step.agent_id is None:
                continue
            turn += 1
            if turn % _EVERY == 0:
                ledger.told(
                    Event.MACRO_APPLIED,
                    step.agent_id,
                    step.at,
                    entity="macro",
                    entity_id=numbers[name],
                    ticket_id=story.id,
                    customer_id=story.person.id,
                    reason=name,
                )


def _past(now: datetime, days: int) -> datetime:
    return (now - timedelta(days=days)).replace(microsecond=0)
