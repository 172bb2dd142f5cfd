"""Random tables, full of people who share names, numbers and addresses, and policies to import them by."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from agentdesk.desk import Desk
from agentdesk.domain.clock import FixedClock
from agentdesk.transfer import pace
from agentdesk.transfer.contacts import rehearsal as contact_rehearsal
from agentdesk.transfer.contacts.survivors import SIDES, SURVIVOR_FIELDS
from tests.conftest import NOW, open_desk

BLANK = st.just("")
EMAILS = st.sampled_from(
    ["a@x.example", "A@X.example", "b@x.example", "c@x.example; d@x.example", "bad@@x", "d@x.example"]
)
NAMES = st.sampled_from(["Ann Lee", "ann  lee", "Bo Kim", "Cy \u00c5berg", "Cy A\u030aberg"])
PHONES = st.sampled_from(
    ["+49 30 1234567", "0049 30 123-4567", "030 5550", "call us", "+49 30 1234567 ::: 030 5550"]
)
IDS = st.sampled_from(["", "", "C-1", "C-2", "C-3"])
TEXT = st.sampled_from(["", "", "one", "two", "drei \U0001f600", "=1+1"])


def rows(names=NAMES | BLANK, phones=PHONES | BLANK):
    return st.lists(
        st.fixed_dictionaries(
            {
                "id": IDS,
                "name": names,
                "email": EMAILS | BLANK,
                "phone": phones,
                "company": st.sampled_from(["", "", "Acme", "ACME ", "Other Co"]),
                "title": TEXT,
                "notes": TEXT,
                "tags": st.sampled_from(["", "vip", "vip, eu", "eu"]),
                "city": TEXT,
                "shoe size": TEXT,
            }
        ),
        max_size=12,
    )


SURVIVORS = st.dictionaries(
    st.sampled_from([field for field in SURVIVOR_FIELDS if field not in {"language", "time_zone"}]),
    st.sampled_from(SIDES),
)
PLAIN_ROWS = rows(names=NAMES, phones=BLANK)
"""Rows that say who they are about without help from shared phone numbers, so that their order cannot matter later."""
QUICK = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


POLICIES = st.fixed_dictionaries(
    {"clears": st.booleans(), "on_match": st.sampled_from(["update", "skip", "fail"]), "sides": SURVIVORS}
)
CHUNKS = st.sampled_from([1, 3, 100])


def ordered(clears=False, on_match="update", sides=None) -> dict[str, str]:
    """Policies as an order says them."""
    survivor = ",".join(f"{field}={side}" for field, side in (sides or {}).items())
    return {"blank": "clear" if clears else "keep", "on_match": on_match, "survivor": survivor}


@contextmanager
def fresh(chunk: int) -> Iterator[tuple[Desk, Path]]:
    """A desk of its own, whose imports take so many rows at once."""
    whole, looked_at = pace.ALONE, contact_rehearsal.AT_ONCE
    pace.ALONE = contact_rehearsal.AT_ONCE = chunk
    with tempfile.TemporaryDirectory() as folder:
        desk = open_desk(f"{folder}/desk.db", FixedClock(NOW))
        try:
            yield desk, Path(folder)
        finally:
            pace.ALONE, contact_rehearsal.AT_ONCE = whole, looked_at
            desk.close()
