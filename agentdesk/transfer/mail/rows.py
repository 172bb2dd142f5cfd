"""The rows of a mail: its message, and the files that came with it."""

from collections.abc import Iterator
from typing import Any

from agentdesk.domain.events import Event
from agentdesk.domain.vocabulary import AuthorKind, Channel
from agentdesk.models import Message
from agentdesk.services.attachments import keep_content
from agentdesk.store.bulk import default_values
from agentdesk.store.change import Change
from agentdesk.transfer.mail.known import Portion
from agentdesk.transfer.mail.people import Person
from agentdesk.transfer.mail.scratch import MailScratch
from agentdesk.transfer.mail.threads import Node


class MailRows:
    """Makes rows inside one change."""

    def __init__(self, change: Change, scratch: MailScratch, portion: Portion) -> None:
        """Begin with a portion whose customers are all made."""
        self._change = change
        self._scratch = scratch
        self._portion = portion
        self._defaults = {**default_values(Message), "channel": Channel.EMAIL.value}

    def customer(self, person: Person | None) -> tuple[int | None, int | None]:
        """Id and organization of somebody a mail names."""
        return self._portion.customers.get(person.key, (None, None)) if person else (None, None)

    def message(self, mail: Node, ticket_id: int, customer_id: int | None) -> dict[str, Any]:
        """A message, whole but for its id.

        Args:
            mail: what it says.
            ticket_id: where.
            customer_id: whose ticket that is; what is ours is said to them.
        """
        text, extra = self._scratch.text(mail.id)
        flags = [*extra.get("flags", ()), *mail.flags]
        missing = [name for name in mail.references if name not in self._portion.known.homes]
        extra |= {"flags": flags} if flags else {}
        extra |= {"awaits": missing} if missing else {}
        return {
            **self._defaults,
            "ticket_id": ticket_id,
            "customer_id": customer_id if mail.is_ours else self.customer(mail.sender)[0],
            "at": mail.at,
            "author_kind": (AuthorKind.AGENT if mail.is_ours else AuthorKind.CUSTOMER).value,
            "author_name": mail.sender.name or mail.sender.address or "unknown sender",
            "body": text,
            "external_id": mail.key,
            "extra": extra,
            "created_at": self._change.at,
            "updated_at": self._change.at,
        }

    def files(self, mail: Node, ticket_id: int, message_id: int) -> Iterator[dict[str, Any]]:
        """Its files, their contents kept, one in memory at a time."""
        for file in self._scratch.files(mail.id):
            kept = keep_content(self._change, file.name, file.data)
            yield {
                "message_id": message_id,
                "ticket_id": ticket_id,
                "name": kept.name,
                "media_type": file.media_type,
                "size": kept.size,
                "sha256": kept.sha256,
                "created_at": self._change.at,
                "updated_at": self._change.at,
            }


def event_of(mail: Node) -> Event:
    """What a mail is in a ticket's history."""
    return Event.MESSAGE_REPLIED if mail.is_ours else Event.MESSAGE_RECEIVED
