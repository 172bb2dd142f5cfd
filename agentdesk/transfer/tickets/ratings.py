"""What a customer said of the help, where the export of tickets tells it: a row of feedback beside its ticket."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from agentdesk.domain.vocabulary import FeedbackKind
from agentdesk.store.reader import Reader
from agentdesk.transfer.maps.fields import fold_word
from agentdesk.transfer.records.feedback import FEEDBACK
from agentdesk.transfer.records.known import Known, known_records
from agentdesk.transfer.tickets.foreign_row import ForeignRating, ForeignRow
from agentdesk.transfer.tickets.rating_rules import RatingRules


def read_rating(rules: RatingRules, word: str, comment: str, theme: str) -> ForeignRating | None:
    """What a customer said; None where nobody was asked, or the word is none of the map.

    Args:
        rules: what the words mean.
        word: the word or number that was given.
        comment: what the customer wrote.
        theme: the reason that was chosen.
    """
    folded = fold_word(word)
    if folded in rules.scores:
        return ForeignRating(rules.scores[folded], comment, theme)
    least, most = rules.scale
    if word.isascii() and word.lstrip("-").isdigit() and len(word) < 6 and least <= int(word) <= most:
        return ForeignRating(int(word), comment, theme)
    return None


class RatingNews(NamedTuple):
    """Feedback that is to be written.

    Attributes:
        values: its columns; of feedback that is there those that change.
        known: what is there.
    """

    values: dict[str, Any]
    known: Known | None


class RatingBook:
    """The ratings of some tickets, against the feedback that the desk has."""

    def __init__(self, rules: RatingRules, source: str, read: Reader, external_ids: Iterable[str]) -> None:
        """Look up what the desk has.

        Args:
            rules: the scale.
            source: the other system.
            read: the desk.
            external_ids: the tickets.
        """
        self._rules = rules
        self._source = source
        keys = [_key(one) for one in external_ids]
        self._known, _ = known_records(read, FEEDBACK, source, keys, [])

    def news(self, external_id: str, rows: Sequence[ForeignRow]) -> RatingNews | None:
        """What is to be written for a ticket."""
        row = rows[-1]
        told = row.rating
        if told is None:
            return None
        least, most = self._rules.scale
        values: dict[str, Any] = {
            "score": told.score, "verbatim": told.comment, "theme": told.theme, "scale_min": least, "scale_max": most
        }  # fmt: skip
        known, is_answered = self._known.get(_key(external_id)), told.score is not None or bool(told.comment)
        at = _asked_at(row)
        if known is None:
            names = {
                "kind": FeedbackKind.CSAT.value,
                "source": self._source,
                "external_id": _key(external_id),
            }
            return RatingNews({**values, **names, "at": at, "answered_at": at if is_answered else None}, None)
        news = {name: value for name, value in values.items() if known[name] != value}
        if news and is_answered and known["answered_at"] is None:
            news["answered_at"] = max(at, known["at"])
        return RatingNews(news, known) if news else None


def _key(external_id: str) -> str:
    """One ticket is rated once; the id of the rating itself is not in every export."""
    return f"ticket/{external_id}"


def _asked_at(row: ForeignRow) -> datetime:
    """The export does not say: a customer is asked when the ticket is solved."""
    times = (row.times.get(name) for name in ("solved_at", "closed_at", "updated_at", "created_at"))
    return next(at for at in (*times, row.at) if at is not None)
