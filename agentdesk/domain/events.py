"""Everything that can happen, by name, with the sentence a timeline prints for it.

An event names a journal row; the sentence reads after the actor: "ana assigned the ticket".
"""

from enum import StrEnum


class Event(StrEnum):
    """What happened; the part before the dot is what it happened to."""

    TICKET_CREATED = "ticket.created"
    TICKET_CHANGED = "ticket.changed"
    TICKET_ASSIGNED = "ticket.assigned"
    TICKET_STATUS = "ticket.status"
    TICKET_SOLVED = "ticket.solved"
    TICKET_REOPENED = "ticket.reopened"
    TICKET_CLOSED = "ticket.closed"
    TICKET_MERGED = "ticket.merged"
    TICKET_SNOOZED = "ticket.snoozed"
    TICKET_WOKEN = "ticket.woken"
    TICKET_TAGGED = "ticket.tagged"
    TICKET_COVERED = "ticket.covered"
    MESSAGE_RECEIVED = "message.received"
    MESSAGE_REPLIED = "message.replied"
    MESSAGE_NOTED = "message.noted"
    MESSAGE_SENT = "message.sent"
    ESCALATION_REQUESTED = "escalation.requested"
    ESCALATION_ACCEPTED = "escalation.accepted"
    ESCALATION_DECLINED = "escalation.declined"
    ESCALATION_RETURNED = "escalation.returned"
    ESCALATION_RESOLVED = "escalation.resolved"
    ESCALATION_WITHDRAWN = "escalation.withdrawn"
    CUSTOMER_CREATED = "customer.created"
    CUSTOMER_CHANGED = "customer.changed"
    ORGANIZATION_CREATED = "organization.created"
    ORGANIZATION_CHANGED = "organization.changed"
    INTERACTION_LOGGED = "interaction.logged"
    AGENT_CHANGED = "agent.changed"
    QUEUE_CHANGED = "queue.changed"
    CALENDAR_CHANGED = "calendar.changed"
    SHIFT_CHANGED = "shift.changed"
    RULE_CHANGED = "rule.changed"
    POLICY_CHANGED = "policy.changed"
    AGREEMENT_CHANGED = "agreement.changed"
    VIEW_CHANGED = "view.changed"
    SETTING_CHANGED = "setting.changed"
    POLICY_GIVEN = "ticket.policy"
    SLA_WARNED = "ticket.warned"
    ESCALATION_REMINDED = "escalation.reminded"
    CHANGE_UNDONE = "change.undone"


SENTENCES: dict[Event, str] = {
    Event.TICKET_CREATED: "opened the ticket",
    Event.TICKET_CHANGED: "changed the ticket",
    Event.TICKET_ASSIGNED: "assigned the ticket",
    Event.TICKET_STATUS: "set the status",
    Event.TICKET_SOLVED: "solved the ticket",
    Event.TICKET_REOPENED: "reopened the ticket",
    Event.TICKET_CLOSED: "closed the ticket",
    Event.TICKET_MERGED: "merged the ticket",
    Event.TICKET_SNOOZED: "set the ticket aside",
    Event.TICKET_WOKEN: "woke the ticket",
    Event.TICKET_TAGGED: "changed the tags",
    Event.TICKET_COVERED: "asked the queue to cover",
    Event.MESSAGE_RECEIVED: "received a message",
    Event.MESSAGE_REPLIED: "replied",
    Event.MESSAGE_NOTED: "wrote an internal note",
    Event.MESSAGE_SENT: "had the desk send an automatic message",
    Event.ESCALATION_REQUESTED: "escalated",
    Event.ESCALATION_ACCEPTED: "accepted the escalation",
    Event.ESCALATION_DECLINED: "declined the escalation",
    Event.ESCALATION_RETURNED: "returned the escalation",
    Event.ESCALATION_RESOLVED: "resolved the escalation",
    Event.ESCALATION_WITHDRAWN: "withdrew the escalation",
    Event.CUSTOMER_CREATED: "added the customer",
    Event.CUSTOMER_CHANGED: "changed the customer",
    Event.ORGANIZATION_CREATED: "added the organization",
    Event.ORGANIZATION_CHANGED: "changed the organization",
    Event.INTERACTION_LOGGED: "logged a contact",
    Event.AGENT_CHANGED: "changed an agent",
    Event.QUEUE_CHANGED: "changed a queue",
    Event.CALENDAR_CHANGED: "changed a calendar",
    Event.SHIFT_CHANGED: "changed a shift",
    Event.RULE_CHANGED: "changed a routing rule",
    Event.POLICY_CHANGED: "changed a policy",
    Event.AGREEMENT_CHANGED: "changed an agreement",
    Event.VIEW_CHANGED: "changed a view",
    Event.SETTING_CHANGED: "changed a setting",
    Event.POLICY_GIVEN: "put the ticket under a policy",
    Event.SLA_WARNED: "warned of a promise",
    Event.ESCALATION_REMINDED: "reminded of the escalation",
    Event.CHANGE_UNDONE: "took a change back",
}
