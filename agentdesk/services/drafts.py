"""Unsent text, kept until the sending is committed. Not journaled: it is not yet said.

Law: nothing typed is overwritten unread. Each saving leaves a mark; who saves without knowing the last one has typed
beside another console, and what that one wrote is kept as one of the draft's others.
"""

from collections.abc import Mapping
from secrets import token_hex
from typing import Any

from sqlmodel import col, delete, select

from agentdesk.domain.instants import from_iso
from agentdesk.domain.vocabulary import LetterKind, Visibility
from agentdesk.domain.written import read_written
from agentdesk.models import Draft, Message, Ticket
from agentdesk.services.attachments import contents_of, drop_unused
from agentdesk.store.change import Change


def save_draft(
    change: Change,
    ticket_id: int,
    body: str,
    visibility: str,
    base_version: int,
    *,
    extra: Mapping[str, Any] | None = None,
    known: str | None = None,
) -> str:
    """Keep what the actor has typed on a ticket; without text and files the draft is dropped.

    Files that it went with until now and goes with no more are forgotten, unless something else goes with them.

    Args:
        change: the transaction.
        ticket_id: the ticket.
        body: what was typed.
        visibility: who would read it.
        base_version: the version of the ticket that it answers.
        extra: what goes with the text; see `domain.written`.
        known: the mark that whoever saves saw last; None where nobody else can have written.

    Returns:
        The new mark; empty where nothing is kept.
    """
    told = dict(extra or {})
    kind = read_written(body, visibility, told).kind
    held = contents_of(_draft_of(change, change.actor.id, ticket_id, kind))
    mark = _save(change, ticket_id, body, visibility, base_version, told=told, known=known, kind=kind)
    drop_unused(change, held - contents_of(_draft_of(change, change.actor.id, ticket_id, kind)))
    return mark


def _save(
    change: Change,
    ticket_id: int,
    body: str,
    visibility: str,
    base_version: int,
    *,
    told: dict[str, Any],
    known: str | None,
    kind: LetterKind,
) -> str:
    draft = _draft_of(change, change.actor.id, ticket_id, kind)
    is_foreign = draft is not None and known is not None and draft.extra.get("mark", "") != known
    if change.actor.id is None or not (body.strip() or told.get("files")):
        if draft is not None and not is_foreign:
            _next_of(change, draft)
        return ""
    others = [] if draft is None else list(draft.extra.get("others", ()))
    if draft is None:
        draft = Draft(
            agent_id=change.actor.id,
            ticket_id=ticket_id,
            kind=kind,
            base_version=base_version,
            saved_at=change.at,
        )
        change.session.add(draft)
    elif is_foreign and draft.body != body:
        others.append(_aside(draft))
    draft.body, draft.visibility = body, Visibility(visibility).value
    draft.base_version, draft.saved_at = base_version, change.at
    here = {"body": body, "extra": told}
    draft.extra = {**told, "mark": token_hex(8), "others": _worth_keeping(others, here)}
    change.session.flush()
    return str(draft.extra["mark"])


def turn_draft(change: Change, ticket_id: int, kind: LetterKind = LetterKind.REPLY) -> bool:
    """Bring the next of the draft's others to the front; the one that was there goes to the end of them.

    Returns:
        Whether there was one.
    """
    draft = _draft_of(change, change.actor.id, ticket_id, kind)
    if draft is None or not draft.extra.get("others"):
        return False
    first, *rest = draft.extra["others"]
    _bring(change, draft, first, [*rest, _aside(draft)])
    return True


def drop_draft(change: Change, ticket_id: int) -> list[dict[str, Any]]:
    """Forget the actor's drafts on a ticket, with all others of them.

    Returns:
        What was forgotten, for `restore_draft`.
    """
    mine = (col(Draft.agent_id) == change.actor.id, col(Draft.ticket_id) == ticket_id)
    gone = [one.model_dump(mode="json", exclude={"id"}) for one in change.find_all(Draft, *mine)]
    change.session.connection().execute(delete(Draft).where(*mine))
    return gone


def restore_draft(change: Change, gone: Mapping[str, Any]) -> None:
    """Bring back what `drop_draft` has forgotten, as it was, unless another of its kind waits there by now."""
    if _draft_of(change, gone["agent_id"], gone["ticket_id"], gone["kind"]) is None:
        change.session.add(Draft(**{**gone, "saved_at": from_iso(gone["saved_at"])}))
        change.session.flush()


def draft_was_sent(change: Change, ticket_id: int, body: str) -> None:
    """The actor has said this on a ticket: it is no draft any more; any other text that waits there is one still."""
    for kind in LetterKind:
        draft = _draft_of(change, change.actor.id, ticket_id, kind)
        if draft is None:
            continue
        if draft.body.strip() == body.strip():
            _next_of(change, draft)
            continue
        others = draft.extra.get("others", ())
        if any(one["body"].strip() == body.strip() for one in others):
            left = [one for one in others if one["body"].strip() != body.strip()]
            draft.extra = {**draft.extra, "others": left}
            change.session.flush()


def bring_back_draft(change: Change, message: Message, extra: Mapping[str, Any] | None = None) -> bool:
    """Make what was said the draft of its author again, unless another of its kind by them waits on the ticket.

    Returns:
        Whether the text is a draft now.
    """
    kind = _kind_of(message)
    if message.agent_id is None or _draft_of(change, message.agent_id, message.ticket_id, kind) is not None:
        return False
    change.session.add(
        Draft(
            agent_id=message.agent_id,
            ticket_id=message.ticket_id,
            kind=kind,
            visibility=message.visibility,
            body=message.body,
            extra={**(extra or {}), "mark": token_hex(8)},
            base_version=change.get(Ticket, message.ticket_id).version,
            saved_at=change.at,
        )
    )
    change.session.flush()
    return True


def drop_said_draft(change: Change, message: Message) -> None:
    """Forget the draft of a text that is said after all."""
    draft = _draft_of(change, message.agent_id, message.ticket_id, _kind_of(message))
    if draft is not None and draft.body == message.body:
        _next_of(change, draft)


def _next_of(change: Change, draft: Draft) -> None:
    """The draft is done with: the first of its others takes its place, and where there is none it goes."""
    if draft.extra.get("others"):
        first, *rest = draft.extra["others"]
        _bring(change, draft, first, rest)
    else:
        change.session.delete(draft)
        change.session.flush()


def _bring(change: Change, draft: Draft, first: Mapping[str, Any], rest: list[Any]) -> None:
    draft.body, draft.visibility = first["body"], first["visibility"]
    draft.extra = {**first["extra"], "mark": token_hex(8), "others": rest}
    change.session.flush()


def _aside(draft: Draft) -> dict[str, Any]:
    own = {name: value for name, value in draft.extra.items() if name not in ("mark", "others")}
    return {"body": draft.body, "visibility": draft.visibility, "extra": own}


def _worth_keeping(others: list[Any], here: Mapping[str, Any]) -> list[Any]:
    """The other texts, without those that the draft or another of them merely goes on from: nothing of these is lost."""
    kept: list[Any] = []
    for one in others:
        if any(_goes_on(further, one) for further in (here, *kept)):
            continue
        kept = [*(each for each in kept if not _goes_on(one, each)), one]
    return kept


def _goes_on(further: Mapping[str, Any], one: Mapping[str, Any]) -> bool:
    has_files = all(file in further["extra"].get("files", ()) for file in one["extra"].get("files", ()))
    return has_files and further["body"].startswith(one["body"])


def _kind_of(message: Message) -> LetterKind:
    if message.recipient:
        return LetterKind.FORWARD
    return LetterKind.NOTE if message.visibility == Visibility.INTERNAL else LetterKind.REPLY


def _draft_of(change: Change, agent_id: int | None, ticket_id: int, kind: str) -> Draft | None:
    """The draft, locked, so that two consoles never both take the same one for the last."""
    wanted = select(Draft).where(Draft.agent_id == agent_id, Draft.ticket_id == ticket_id, Draft.kind == kind)
    return change.session.exec(wanted.with_for_update()).first()
