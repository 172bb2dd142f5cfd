"""Every kind of record there is, by name."""

from collections.abc import Mapping
from typing import Final

from agentdesk.transfer.records.articles import ARTICLES
from agentdesk.transfer.records.calls import CALLS
from agentdesk.transfer.records.feedback import FEEDBACK
from agentdesk.transfer.records.kind import Kind
from agentdesk.transfer.records.orders import ORDERS
from agentdesk.transfer.records.organizations import ORGANIZATIONS

KINDS: Final[Mapping[str, Kind]] = {
    one.name: one for one in (ORGANIZATIONS, ORDERS, FEEDBACK, CALLS, ARTICLES)
}
