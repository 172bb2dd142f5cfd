"""Words and phrases as SQL: they meet a ticket in its subject, in any of its messages, or in its customer."""

from agentdesk.queries.conditions.scope import Scope


def word(scope: Scope, text: str) -> str:
    """One word; a bare number is also the ticket or customer with that number."""
    found = _anywhere(scope, scope.read.search_term(text))
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
    return (
        f"({scope.read.matching('ticket', name)} "
        f"OR ticket.id IN (SELECT message.ticket_id FROM message WHERE {scope.read.matching('message', name)}) "
        f"OR ticket.customer_id IN (SELECT customer.id FROM customer WHERE {scope.read.matching('customer', name)}))"
    )
