"""Words and phrases as SQL: they meet a ticket in its subject, in any of its messages, or in its customer."""

from agentdesk.domain.search_words import beginning
from agentdesk.queries.conditions.scope import Scope

COMMON = 5_000
"""Matching messages from which on a word is common."""


def word(scope: Scope, text: str) -> str:
    """One word; a bare number is also the ticket or customer with that number.

    A customer is also met by the beginning of a word: nobody writes a name out.
    """
    sought = beginning(text) if scope.table == "customer" else text
    found = _anywhere(scope, scope.read.search_term(sought))
    if text.isdecimal() and text.isascii() and len(text) <= 18:
        return f"({found} OR {scope.table}.id = {scope.bind(int(text))})"
    return found


def phrase(scope: Scope, text: str) -> str:
    """Words in this order, side by side, in one text."""
    return _anywhere(scope, scope.read.phrase_term(text))


def in_subject(scope: Scope, text: str) -> str:
    """Words in this order in the subject of the ticket."""
    return scope.read.matching("ticket", scope.name(scope.read.phrase_term(text)))


def like(scope: Scope, column: str, text: str) -> str:
    """The column contains the text, whatever the case of its letters.

    SQLite lowers only ASCII letters, so text with other letters is also looked for in its three usual cases.
    """
    spellings = [text.lower()] if text.isascii() else [text.lower(), text, text.upper(), text.title()]
    parts = [
        f"lower({column}) LIKE {scope.bind(_pattern(one))} ESCAPE '!'" for one in dict.fromkeys(spellings)
    ]
    return parts[0] if len(parts) == 1 else f"({' OR '.join(parts)})"


def _pattern(text: str) -> str:
    escaped = text.replace("!", "!!").replace("%", "!%").replace("_", "!_")
    return f"%{escaped}%"


def _anywhere(scope: Scope, term: str) -> str:
    name = scope.name(term)
    if scope.table == "customer":
        return scope.read.matching("customer", name)
    subjects = f"SELECT ticket.id FROM ticket WHERE {scope.read.matching('ticket', name)}"
    people = f"SELECT customer.id FROM customer WHERE {scope.read.matching('customer', name)}"
    messages = scope.read.matching("message", name)
    if scope.is_open and _is_common(scope, term):
        said = f"EXISTS (SELECT 1 FROM message WHERE message.ticket_id = ticket.id AND {messages})"
        subject = scope.read.matching("ticket", name)
        return f"({subject} OR {said} OR ticket.customer_id IN ({people}))"
    # One list of ids: SQLite would otherwise sort the rows of three.
    return (
        f"ticket.id IN ({subjects} UNION ALL SELECT message.ticket_id FROM message WHERE {messages} "
        f"UNION ALL SELECT ticket.id FROM ticket WHERE ticket.customer_id IN ({people}))"
    )


def _is_common(scope: Scope, term: str) -> bool:
    """Whether so many messages match that looking into each unsolved ticket is cheaper than looking up their tickets."""
    if not scope.read.is_sqlite:
        return False
    some = scope.read.newest("message", "term", "limit")
    return (
        int(scope.read.value(f"SELECT count(*) FROM ({some}) AS some", {"term": term, "limit": COMMON}))
        == COMMON
    )
