"""Random queries as trees, in the normal form that the parser gives."""

from hypothesis import strategies as st

from agentdesk.domain.fields import TICKET_FIELDS
from agentdesk.domain.query import ast
from agentdesk.domain.query.words import FLAGS, THINGS

TIMES = [
    "2026-03-01",
    "2026-02",
    "today",
    "yesterday",
    "tomorrow",
    "-7d",
    "4h",
    "+2h",
    "90m",
    "2026-03-03t08:00",
    "p1d",
]
TEXTS = st.text(min_size=1, max_size=6).filter(
    lambda text: text.strip() and text.lower() != "none" and "\0" not in text and text.isprintable()
)
PLAIN_WORDS = st.sampled_from(
    ["vat", "refund", "invo*", "don't", "a.b", "42", "café", "x:y", "Überweisung"]
).filter(lambda word: ":" not in word)
CHOICES = [field for field in TICKET_FIELDS.values() if field.kind == "choice"]


def leaves() -> st.SearchStrategy[ast.Node]:
    """One term of any kind."""
    phrase = st.builds(ast.Phrase, TEXTS.filter(lambda text: any(char.isalnum() for char in text)))
    choice = st.sampled_from(CHOICES).flatmap(
        lambda field: st.builds(
            ast.Match,
            st.just(field.name),
            st.lists(st.sampled_from(field.choices), min_size=1, max_size=3).map(tuple),
        )
    )
    rising = st.builds(
        ast.Compare,
        st.just("priority"),
        st.sampled_from([">", ">=", "<", "<="]),
        st.sampled_from(["low", "high", "urgent"]),
    )
    names = st.lists(st.one_of(TEXTS, st.none()), min_size=1, max_size=3).map(tuple)
    text = st.builds(
        ast.Match,
        st.sampled_from(["category", "assignee", "queue", "organization", "mentions", "escalated_to"]),
        names,
    )
    time = st.sampled_from(["due", "promised", "created", "updated", "wake"])
    same = st.builds(ast.Match, time, st.lists(st.sampled_from(TIMES), min_size=1, max_size=2).map(tuple))
    compared = st.builds(ast.Compare, time, st.sampled_from([">", ">=", "<", "<="]), st.sampled_from(TIMES))
    ranged = st.builds(
        ast.Between, time, st.sampled_from(TIMES), st.one_of(st.none(), st.sampled_from(TIMES))
    )
    return st.one_of(
        st.builds(ast.Word, PLAIN_WORDS),
        phrase,
        st.builds(ast.Reference, st.integers(0, 10**17)),
        st.builds(ast.Is, st.sampled_from(sorted(FLAGS["ticket"]))),
        st.builds(ast.Has, st.sampled_from(sorted(THINGS["ticket"]))),
        choice,
        rising,
        text,
        same,
        compared,
        ranged,
    )


def trees(terms: st.SearchStrategy[ast.Node]) -> st.SearchStrategy[ast.Node]:
    """Terms joined by AND, OR and NOT."""
    return st.recursive(
        terms,
        lambda inner: st.one_of(
            st.lists(inner, min_size=2, max_size=3).map(ast.all_of),
            st.lists(inner, min_size=2, max_size=3).map(ast.any_of),
            st.builds(ast.Not, inner),
        ),
        max_leaves=8,
    )


def queries() -> st.SearchStrategy[ast.Query]:
    """Whole queries, some with an order."""
    order = st.one_of(st.just((None, False)), st.tuples(st.sampled_from(["due", "created"]), st.booleans()))
    return st.builds(
        lambda condition, order: ast.Query(condition, *order), st.one_of(st.none(), trees(leaves())), order
    )
