"""The rows of a file of contacts in portions: what one transaction deals with."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from agentdesk.transfer.contact_record import ContactRecord
from agentdesk.transfer.contacts.merge import phone_keys
from agentdesk.transfer.contacts.people import Keyed
from agentdesk.transfer.contacts.story import Story
from agentdesk.transfer.outcome import Outcome, rejected
from agentdesk.transfer.rows import Fault


@dataclass(slots=True)
class Portion:
    """Some rows.

    Attributes:
        read: contacts and faults, as they came.
        faults: the faults among them.
        rows: the contacts among them, with their phone numbers.
    """

    read: Sequence[ContactRecord | Fault]
    faults: list[Fault] = field(default_factory=list)
    rows: list[Keyed] = field(default_factory=list)

    def outcomes(self, story: Story) -> Iterator[Outcome | None]:
        """What became of each row, in the order of the file."""
        told = iter(story.outcomes)
        for one in self.read:
            yield rejected(one) if isinstance(one, Fault) else next(told)


def portions(
    found: Iterator[ContactRecord | Fault], size: Callable[[], int], done: int = 0
) -> Iterator[Portion]:
    """Part what a file holds.

    Args:
        found: contacts and faults, in order.
        size: how many rows the next portion has.
        done: how many rows were dealt with before and are passed over.
    """
    next(islice(found, done, done), None)
    while some := list(islice(found, size())):
        portion = Portion(some)
        for one in some:
            if isinstance(one, Fault):
                portion.faults.append(one)
            else:
                portion.rows.append((one, phone_keys(one)))
        yield portion
