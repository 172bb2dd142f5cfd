"""What would come of a file of contacts: counted, told to who listens, and nothing written."""

import time
from contextlib import ExitStack, closing
from typing import Final

from agentdesk.desk import Desk
from agentdesk.transfer.contacts.apply import Chunk
from agentdesk.transfer.contacts.file import ContactFile
from agentdesk.transfer.contacts.first_lines import FirstLines
from agentdesk.transfer.contacts.order import ContactImport
from agentdesk.transfer.contacts.portions import portions
from agentdesk.transfer.contacts.sides import RehearsalSide, Scratch
from agentdesk.transfer.contacts.story import Listener, Story
from agentdesk.transfer.contacts.tally import Tally, result_of
from agentdesk.transfer.result import ImportResult, Progress

AT_ONCE: Final = 2_000
"""Rows that are looked at together, against one snapshot of the store."""


def rehearse(
    desk: Desk, order: ContactImport, file: ContactFile, progress: Progress, listener: Listener | None
) -> ImportResult:
    """Count what would become of each row of an open file.

    Args:
        desk: whose customers they are matched with.
        order: how.
        file: open, at its beginning.
        progress: told the rows done.
        listener: hears what would become of each row.
    """
    began = time.perf_counter()
    rules = order.rules(file.importer.plan(file.table.header))
    tally = Tally()
    with ExitStack() as stack:
        scratch = stack.enter_context(closing(Scratch(whole=listener is not None)))
        lines = stack.enter_context(closing(FirstLines())) if listener else None
        for portion in portions(file.records(), lambda: AT_ONCE):
            with desk.read() as read:
                side = RehearsalSide(read, scratch)
                story = Story(listener, lines, side) if listener and lines else None
                chunk = Chunk(rules, side, portion.rows, story)
                chunk.apply()
            tally.add(chunk.counts, [*portion.faults, *chunk.faults], len(portion.faults))
            if listener:  # else the scratch does not know every word
                tally.repeats += chunk.repeats
            if story and listener:
                for outcome in filter(None, portion.outcomes(story)):
                    listener.add(outcome)
            progress(tally.counts.rows, None)
    return result_of(file, order.name, tally, time.perf_counter() - began)
