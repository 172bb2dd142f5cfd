"""Tickets as threads that people read: Markdown, one after the other or a file each, foreign words as they stand.

What somebody wrote is an indented block, which Markdown prints letter by letter; nothing in it can become a heading, a
link or a picture that is fetched.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO, Final

from agentdesk.desk import Desk
from agentdesk.domain.safe_text import block, line
from agentdesk.queries.exports.listing import blocks, records
from agentdesk.queries.exports.work import MESSAGES, TICKETS
from agentdesk.queries.orders import Where
from agentdesk.store.reader import Reader
from agentdesk.transfer.exporters.to_markdown import inline
from agentdesk.transfer.exports import Export, Exported, opened
from agentdesk.transfer.new_file import FileNotWrittenError, new_file

_FACTS: Final = (
    ("Status", "status"),
    ("Priority", "priority"),
    ("Type", "type"),
    ("Queue", "queue"),
    ("Assignee", "assignee"),
    ("Organization", "organization"),
    ("Category", "category"),
    ("Created", "created_at"),
    ("Solved", "solved_at"),
    ("Closed", "closed_at"),
)
_NAMED: Final = 5
_INDENT: Final = "    "


def write_threads(desk: Desk, order: Export, out: BinaryIO) -> Exported:
    """Write every ticket that is asked for, one below the other.

    Raises:
        NotPermittedError: agents do not export; leads and admins do.
        QueryError: the query is none.
        OSError: the place does not take it.
    """
    count = 0
    with opened(desk, _of_tickets(order)) as (read, where, notes):
        for _, text in _threads(read, where, public_only=order.public_only):
            out.write((f"\n---\n\n{text}" if count else text).encode())
            count += 1
    return Exported(count, "tickets", tuple(notes))


def write_folder(desk: Desk, order: Export, folder: Path) -> Exported:
    """Write every ticket that is asked for into a file of its own: `T-1042.md`.

    Raises:
        NotPermittedError: agents do not export; leads and admins do.
        QueryError: the query is none.
        FileNotWrittenError: the folder or the disk does not take it; whole files are left.
    """
    written = set()
    with opened(desk, _of_tickets(order)) as (read, where, notes):
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise FileNotWrittenError(folder, error.strerror or str(error)) from None
        for ref, text in _threads(read, where, public_only=order.public_only):
            with new_file(folder / f"{ref}.md") as out:
                out.write(text.encode())
            written.add(f"{ref}.md")
    return Exported(len(written), "tickets", (*notes, *_others(folder, written)))


def _others(folder: Path, written: set[str]) -> Iterator[str]:
    """What to say of pages that lie there and were not asked for now: they may be of an earlier day."""
    others = sorted(one.name for one in folder.glob("T-*.md") if one.name not in written)
    if others:
        more = f" and {len(others) - _NAMED} more" if len(others) > _NAMED else ""
        yield (
            f"{folder} has pages of tickets that were not asked for now, left as they were: "
            f"{', '.join(map(line, others[:_NAMED]))}{more}."
        )


def _of_tickets(order: Export) -> Export:
    """The same question asked of tickets: messages are told in their threads."""
    return Export("tickets", order.query)


def _threads(read: Reader, where: Where, *, public_only: bool) -> Iterator[tuple[str, str]]:
    """The reference and the page of each ticket."""
    seen = " AND message.visibility = 'public'" if public_only else ""
    for ticket in records(TICKETS, blocks(read, TICKETS, where)):
        mine = Where(f"message.ticket_id = :ticket_id{seen}", {"ticket_id": ticket["id"]})
        messages = sorted(
            records(MESSAGES, blocks(read, MESSAGES, mine)), key=lambda one: (one["at"], one["id"])
        )
        yield (
            ticket["ref"],
            "\n".join([*_head(ticket), *(part for one in messages for part in _said(one))]) + "\n",
        )


def _head(ticket: Mapping[str, Any]) -> Iterator[str]:
    yield f"# {ticket['ref']} {inline(ticket['subject'])}"
    yield ""
    if ticket["customer"]:
        address = f" ({inline(ticket['customer_email'])})" if ticket["customer_email"] else ""
        yield f"- Customer: {inline(ticket['customer'])}{address}"
    for label, key in _FACTS:
        if ticket[key]:
            yield f"- {label}: {inline(ticket[key])}"
    if ticket["tags"]:
        yield f"- Tags: {inline(', '.join(ticket['tags']))}"


def _said(message: Mapping[str, Any]) -> Iterator[str]:
    author = message["author_name"] or message["agent"] or message["author_kind"]
    internal = " · internal note" if message["visibility"] != "public" else ""
    yield ""
    yield f"## {message['at'][:16].replace('T', ' ')} UTC · {inline(author)} · {inline(message['channel'])}{internal}"
    if message["recipient"]:
        yield f"\nTo: {inline(message['recipient'])}"
    yield ""
    yield from (f"{_INDENT}{one}".rstrip() for one in block(message["body"]).split("\n"))
    if message["files"]:
        yield ""
        yield from (f"- File: {inline(name)}" for name in message["files"])
