"""Whether a desk is real: asked whenever one is opened, so it stands alone."""

from agentdesk.domain.practice import PRACTICE
from agentdesk.store.reader import Reader


def is_practice(read: Reader) -> bool:
    """Whether this is a practice desk: nothing in it is real."""
    sql = "SELECT count(*) FROM setting WHERE agent_id IS NULL AND key = :key"
    return bool(read.value(sql, {"key": PRACTICE}))
