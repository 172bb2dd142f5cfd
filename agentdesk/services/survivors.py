"""What still names a customer that was merged means the one it was merged into."""

from agentdesk.models import Customer
from agentdesk.store.change import Change


def living_customer(change: Change, customer_id: int) -> Customer:
    """The customer, or the one it was merged into.

    Raises:
        NotFoundError: there is none.
    """
    customer = change.get(Customer, customer_id)
    return customer if customer.merged_into_id is None else change.get(Customer, customer.merged_into_id)
