"""One desk in which every word that a stranger can choose is a hostile one, and what the store must hold of it.

Law: text is kept as it came; where a service has a rule (trimmed, hyphenated, one per folded name), the rule is
written out here once more, in the plainest way, and the store has to agree with it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from agentdesk import services
from agentdesk.desk import Desk
from agentdesk.domain.actor import Actor
from agentdesk.domain.clock import SystemClock
from agentdesk.domain.errors import InvalidValueError
from agentdesk.domain.events import Event
from agentdesk.domain.identity import name_key
from agentdesk.domain.vocabulary import Origin, Role
from agentdesk.models import Article, Attachment, Blob, ImportBatch
from agentdesk.settings import Settings
from agentdesk.store.change import Change

AGENT = "ana"
LINK = "https://afewwords.example"
"""Said on every ticket, so that there is a link to open."""


@dataclass
class World:
    """What was put in, as the store has to give it back; a list has one entry for each row."""

    place: str
    strings: list[str]
    refused: list[str] = field(default_factory=list)
    """What no service took: it is empty once it is trimmed."""
    subjects: list[str] = field(default_factory=list)
    bodies: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    tags: list[list[str]] = field(default_factory=list)
    categories: list[str] = field(default_factory=list)
    customers: list[str] = field(default_factory=list)
    customer_notes: list[str] = field(default_factory=list)
    organizations: dict[str, str] = field(default_factory=dict)
    organization_of: list[str] = field(default_factory=list)
    queues: list[str] = field(default_factory=list)
    handles: list[str] = field(default_factory=list)
    agents: list[str] = field(default_factory=list)
    asks: list[str] = field(default_factory=list)
    parties: list[str] = field(default_factory=list)
    summaries: list[str] = field(default_factory=list)
    views: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)


def settings_of(place: str) -> Settings:
    """The settings of the one who reads and writes there."""
    return Settings(store=place, agent=AGENT, zone="Europe/Berlin")


def build(folder: Path, strings: Sequence[str], *, views: int = 12) -> World:
    """Fill a new store.

    Args:
        folder: Where the file goes.
        strings: What everything is called.
        views: How many saved views get a hostile name; each is one more tab to count.
    """
    world = World(str(folder / "hostile.db"), list(strings))
    desk = Desk.open(settings_of(world.place), origin=Origin.CLI)
    try:
        with desk.change(summary="\x1b]0;a summary\x07[/]") as change:
            _people(change, world, views)
        with desk.change(summary="[@click=app.quit] \x9b2J \u202e") as change:
            for at, text in enumerate(world.strings):
                _matter(change, world, text, at)
                if at < views and text.strip():
                    _library(change, text, at)
        with desk.change(summary="merge") as change:
            ended = services.create_ticket(change, subject="an ended matter")
            services.merge_tickets(change, [ended.id or 0], 1001)
    finally:
        desk.close()
    return world


def _people(change: Change, world: World, views: int) -> None:
    change.record(
        Event.SETTING_CHANGED, change.add(Article(title="a few words", body="\n".join(world.strings)))
    )
    for at, text in enumerate(world.strings):
        _add_queue(change, world, text)
        _add_agent(change, world, text)
        if at < views and text.strip():
            view = services.save_view(change, name=f"view {at}", query="is:open", shared=bool(at % 2))
            view.name = text.strip()  # as a store has it that was filled when names were not checked
            change.record(Event.VIEW_CHANGED, view)
            world.views.append(text.strip())
        change.add(
            ImportBatch(
                kind="contacts", source=text, file_name=text, state="done", rejects_file=text,
                started_at=change.at, actor_id=change.actor.id,
            )
        )  # fmt: skip
        world.files.append(text)


def _add_queue(change: Change, world: World, text: str) -> None:
    if not text.strip() or name_key(text) in {name_key(one) for one in world.queues}:
        _is_refused(lambda: services.add_queue(change, name=text))
        return
    queue = services.add_queue(change, name=f"queue {len(world.queues)}", description=text)
    queue.name, queue.name_key = text.strip(), name_key(text)
    change.record(Event.QUEUE_CHANGED, queue)
    world.queues.append(text.strip())


def _add_agent(change: Change, world: World, text: str) -> None:
    """The text as a handle where one word can be made of it, and as a name."""
    handle = text.strip()
    if not handle or "," in handle or any(map(str.isspace, handle)):
        _is_refused(lambda: services.add_agent(change, handle=text))
        handle = "".join(one for one in handle if not one.isspace() and one != ",")[:40]
    handle = f"{len(world.handles)}{handle}"
    services.add_agent(change, handle=handle, name=text, email=text)
    world.handles.append(handle)
    world.agents.append(text.strip() or handle)


def _matter(change: Change, world: World, text: str, at: int) -> None:
    """One customer with one ticket, a conversation, a request for help, a contact and a draft."""
    trimmed = text.strip()
    if not trimmed:
        _is_refused(lambda: services.create_customer(change, name=text))
        _is_refused(lambda: services.create_ticket(change, subject=text))
        world.refused.append(text)
        return
    customer = services.create_customer(
        change, name=text, email=f"c{at}@example.com", organization=text, external_id=f"{at} {text}", title=text,
        language=text, tier=text, notes=text, tags=[text],
    )  # fmt: skip
    assert customer.id is not None
    services.edit_customer(change, customer.id, {"warning": text})
    ticket = services.create_ticket(
        change, subject=text, customer_id=customer.id, body=text, category=text, tags=[text, "plain"],
        queue_id=1 + at % (1 + len(world.queues)), due_at=change.at + timedelta(hours=at - 20),
    )  # fmt: skip
    assert ticket.id is not None
    services.add_note(change, ticket.id, text)
    note = services.add_note(change, ticket.id, LINK)
    blob = change.find(Blob) or change.add(Blob(sha256="0" * 64, size=1, data=b"x"))
    named = {"message_id": note.id, "ticket_id": ticket.id, "sha256": blob.sha256}
    change.record(Event.MESSAGE_NOTED, change.add(Attachment(name=text, media_type=text, size=1, **named)))
    services.escalate_ticket(
        change, ticket.id, kind="functional", reason_code="skill", ask=text, to_party=text, tell_customer=text
    )
    services.log_interaction(change, customer.id, kind="call_in", summary=text, ticket_id=ticket.id)
    if at % 7 == 0:
        services.save_draft(change, ticket.id, text, "public", ticket.version)
    if at % 5 == 0:
        services.set_status(change, ticket.id, "on_hold", reason=text, waiting_for=text)
    _expect(world, text, trimmed)


def _library(change: Change, text: str, at: int) -> None:
    """A macro and an article, called and saying what no check let through today."""
    macro = services.add_macro(
        change, name=f"macro {at}", body="Hello", shared=True, changes={"priority": "high"}
    )
    macro.name, macro.body, macro.category, macro.changes = text, text, text, {"waiting_for": text}
    change.record(Event.MACRO_CHANGED, macro)
    article = services.add_article(change, title=f"article {at}", body=text, tags=[text])
    article.title, article.category = text, text
    change.record(Event.ARTICLE_CHANGED, article)


def _expect(world: World, text: str, trimmed: str) -> None:
    world.subjects.append(trimmed)
    world.bodies += [text, text]
    world.notes += [text, LINK]
    tag = "-".join(text.split()).lower()
    world.tags.append(list(dict.fromkeys([tag, "plain"])))
    world.categories.append(text)
    world.customers.append(trimmed)
    world.customer_notes.append(text)
    world.organization_of.append(world.organizations.setdefault(name_key(text), trimmed))
    world.asks.append(trimmed)
    world.parties.append(trimmed)
    world.summaries.append(trimmed)


def _is_refused(call: object) -> None:
    try:
        call()  # type: ignore[operator]
    except InvalidValueError:
        return
    raise AssertionError("a value was taken that the rule says is refused")


def admin(desk: Desk) -> Actor:
    """Who may do everything."""
    return Actor(desk.actor.id, AGENT, AGENT, Role.ADMIN)


def content_of(place: str) -> Iterator[tuple[str, list[tuple[object, ...]]]]:
    """Every row of the tables whose rows people answer for, table by table."""
    desk = Desk.open(settings_of(place), clock=SystemClock())
    try:
        with desk.read() as read:
            for table in (
                "ticket",
                "customer",
                "message",
                "escalation",
                "contact_point",
                "interaction",
                "change",
            ):
                yield table, [tuple(row) for row in read.tuples(f"SELECT * FROM {table} ORDER BY id")]
    finally:
        desk.close()
