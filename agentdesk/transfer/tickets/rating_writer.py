"""Ratings of planned tickets written, as the import of feedback writes them."""

from collections.abc import Mapping, Sequence
from typing import Any

from agentdesk.models import Feedback
from agentdesk.store.bulk import default_values
from agentdesk.store.change import Change
from agentdesk.transfer.records.feedback import FEEDBACK
from agentdesk.transfer.records.writing import write_records
from agentdesk.transfer.tickets.ratings import RatingNews

Rated = tuple[int, Mapping[str, Any], RatingNews]
"""A ticket's number, its columns, and what is to be written."""


def write_ratings(change: Change, rated: Sequence[Rated]) -> None:
    """Write new and changed feedback.

    Raises:
        StoreError: somebody imported the same, or changed one of them, meanwhile.
    """
    defaults = default_values(Feedback)
    created = [
        {
            **defaults,
            "customer_id": ticket["customer_id"],
            "ticket_id": ticket_id,
            "agent_id": ticket["assignee_id"],
            **news.values,
        }
        for ticket_id, ticket, news in rated
        if news.known is None
    ]
    updated = [(news.known, news.values) for _, _, news in rated if news.known is not None]
    write_records(change, FEEDBACK, created, updated)
