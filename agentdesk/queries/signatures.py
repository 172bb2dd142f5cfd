"""What ends an agent's replies."""

from zoneinfo import ZoneInfo

from agentdesk.domain.placeholders import fill
from agentdesk.domain.signatures import SIGNATURE
from agentdesk.queries.desk_settings import own_setting
from agentdesk.queries.placeholder_values import values_of
from agentdesk.store.reader import Reader


def own_signature(read: Reader) -> str:
    """The signature of whoever reads, as they wrote it; empty where they have none."""
    kept = own_setting(read, SIGNATURE)
    return kept if isinstance(kept, str) else ""


def signature_on(read: Reader, ticket_id: int, zone: ZoneInfo) -> str:
    """The same as it stands on a ticket; what has no value there stays to be seen in double braces."""
    written = own_signature(read)
    if "{{" not in written:
        return written
    return fill(written, values_of(read, [ticket_id], read.agent_id, zone).get(ticket_id, {})).text
