"""A portion of rows against the records there are: each is created, updated, unchanged, a duplicate or rejected."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from agentdesk.store.bulk import default_values
from agentdesk.store.reader import Reader
from agentdesk.transfer.id_set import IdSet
from agentdesk.transfer.records.kind import EXTERNAL_ID, EXTRA, Kind, Told
from agentdesk.transfer.records.known import Known, by_domain, known_records
from agentdesk.transfer.records.reading import TICKET, WHO, Record, RecordReader
from agentdesk.transfer.records.references import References, UnknownError
from agentdesk.transfer.records.seen import Seen, digest_of
from agentdesk.transfer.result import Counts
from agentdesk.transfer.rows import Fault

LINES: Final = 1000
"""Rows that say something else than an earlier one whose lines are kept."""


@dataclass(slots=True)
class Rules:
    """How a file is applied.

    Attributes:
        kind: what its rows are.
        source: the system it comes from.
        on_match: `update`, `skip` or `fail`, for a record that is there.
        clears: an empty cell empties what we have.
        reader: what read the rows; it knows how the file calls the fields.
        seen: rows of before.
        touched: records of before that an earlier row was about.
        differing: rows that repeat an earlier one with other values.
        lines: where the first `LINES` of them begin.
        unknown: how often an optional name of each column led to nobody.
    """

    kind: Kind
    source: str
    on_match: str
    clears: bool
    reader: RecordReader
    seen: Seen
    touched: IdSet = field(default_factory=IdSet)
    differing: int = 0
    lines: list[int] = field(default_factory=list)
    unknown: dict[str, int] = field(default_factory=dict)

    def differ(self, record: Record) -> None:
        """A row repeats an earlier one with other values."""
        self.differing += 1
        if len(self.lines) < LINES:
            self.lines.append(int(record.line))


class Refusal(Exception):  # noqa: N818  a value on its way to the rejects, not an error
    """Why one row is not taken."""

    def __init__(self, reason: str, name: str = "", value: str = "") -> None:
        super().__init__(reason)
        self.reason, self.name, self.value = reason, name, value


class Portion:
    """Some rows, decided one after the other.

    Attributes:
        created: columns of the new records.
        updated: records as they stand, and the columns that change.
        counts: what became of the rows.
        faults: those that are not taken.
        met: the records of before that they were about.
    """

    def __init__(self, rules: Rules, read: Reader, records: Sequence[Record]) -> None:
        """Find everything that the rows name."""
        self.created: list[Told] = []
        self.updated: list[tuple[Known, Told]] = []
        self.counts = Counts()
        self.faults: list[Fault] = []
        self.met: list[int] = []
        self._rules, self._kind = rules, rules.kind
        self._references = References(rules.kind, read, rules.source, records)
        ids = [str(one.values.get(EXTERNAL_ID) or "") for one in records]
        naturals = [str(one.values.get(rules.kind.natural) or "") for one in records]
        self._by_id, self._by_natural = known_records(read, rules.kind, rules.source, ids, naturals)
        nameless = [one for one in records if "domains" in one.values and not one.values.get("name")]
        self._by_domain = by_domain(
            read, rules.kind, {domain for one in nameless for domain in one.values["domains"] or ()}
        )
        self._defaults = default_values(rules.kind.model)

    def decide(self, records: Sequence[Record]) -> None:
        """Decide every row."""
        for record in records:
            try:
                self._decide(record)
            except Refusal as refusal:
                column = self._rules.reader.column(refusal.name) if refusal.name else ""
                self.faults.append(record.fault(refusal.reason, column, refusal.value))
                self.counts.rejected += 1

    def _decide(self, record: Record) -> None:
        told, rules = record.values, self._rules
        external_id = str(told.get(EXTERNAL_ID) or "")
        natural = str(told.get(self._kind.natural) or "") if self._kind.natural else ""
        digest = digest_of(told | dict(record.names), record.extra)
        if (earlier := self._earlier(external_id, natural, _domain_keys(told))) is not None:
            self.counts.duplicates += 1
            if earlier != digest:
                rules.differ(record)
            if not natural:  # found by its domain: its id means that organization in later rows too
                rules.seen.add(external_id, [], earlier)
            return
        values = told | self._looked_up(record)
        known = self._known(record, external_id, natural)
        if known is not None and known["id"] in rules.touched:
            self.counts.duplicates += 1
            rules.differ(record)
            return
        if known is None:
            self._create(record, values)
        elif rules.on_match == "fail":
            raise Refusal("is in the desk already", *self._shown(record))
        elif rules.on_match == "update" and (news := self._news(known, values, record)):
            self._refuse_taken_name(known, news, record)
            self.updated.append((known, news))
            self.counts.updated += 1
        else:
            self.counts.unchanged += 1
        before = [] if known is None else [str(known[self._kind.natural])] if self._kind.natural else []
        rules.seen.add(external_id, [natural, *before, *_domain_keys(told)], digest)
        if known is not None:
            rules.touched.add(known["id"])
            self.met.append(known["id"])

    def _earlier(self, external_id: str, natural: str, domains: Sequence[str]) -> bytes | None:
        """The digest of an earlier row of the file about the same record.

        Raises:
            Refusal: an earlier row has the name of this one under another id, and a name is one organization's.
        """
        seen = self._rules.seen
        found = seen.of_id(external_id) if external_id else None
        if found is not None or not natural:
            named = (seen.of_natural(key) for key in domains) if external_id not in self._by_id else ()
            return found or next((one[1] for one in named if one), None)
        same = seen.of_natural(natural)
        if same is None or not (external_id and same[0]):
            return same[1] if same else None
        if self._kind.is_natural_unique:
            raise Refusal(f"is the name of an earlier row too, with the id {same[0]!r}", "name")
        return None

    def _known(self, record: Record, external_id: str, natural: str) -> Known | None:
        if external_id in self._by_id:
            return self._by_id[external_id]
        found = self._by_natural.get(natural) if natural else None
        if found is not None:
            is_another = (external_id and found[EXTERNAL_ID]) or found["id"] in self._rules.touched
            return None if is_another and not self._kind.is_natural_unique else found
        domains = record.values.get("domains") if not natural else None
        fitting = {row["id"]: row for domain in domains or () for row in self._by_domain.get(domain, ())}
        if len(fitting) > 1:
            raise Refusal(
                f"fits {len(fitting)} organizations; write the name", "domains", ", ".join(domains or ())
            )
        return next(iter(fitting.values()), None)

    def _looked_up(self, record: Record) -> Told:
        """The columns that hold whom and what a row names; what leads nowhere and may is kept as text."""
        found: Told = {}
        if self._kind.has_customer:
            names = [name for name in WHO if name in record.names]
            found["customer_id"] = self._try(record, names, lambda: self._references.customer(record))
        if TICKET in record.names:
            found["ticket_id"] = self._try(
                record, [TICKET], lambda: self._references.ticket(record.names[TICKET])
            )
        for name, column in self._kind.people.items():
            if name in record.names:
                found[column] = self._try(
                    record, [name], lambda name=name: self._references.agent(record.names[name])
                )
        if self._kind.has_customer and not self._kind.is_nobodys and found["customer_id"] is None:
            raise Refusal("names no customer")
        return found

    def _try(self, record: Record, names: Sequence[str], find: Any) -> int | None:
        try:
            row_id: int | None = find()
        except UnknownError as error:
            if names[0] in WHO and not self._kind.is_nobodys:
                raise Refusal(str(error), names[0], record.names[names[0]]) from None
            for name in names:
                column = self._rules.reader.column(name)
                record.extra[column] = record.names[name]
            column = self._rules.reader.column(names[0])
            self._rules.unknown[column] = self._rules.unknown.get(column, 0) + 1
            return None
        return row_id

    def _create(self, record: Record, values: Told) -> None:
        if self._kind.is_natural_unique and not values.get(self._kind.natural):
            raise Refusal("names no organization of the desk, and a new one needs a name")
        filled = {name: value for name, value in values.items() if value is not None}
        source = {"source": self._rules.source} if self._kind.has_source else {}
        self.created.append({**self._defaults, **source, **filled, EXTRA: record.extra})
        self.counts.created += 1

    def _news(self, known: Known, values: Told, record: Record) -> Told:
        """The columns in which a row differs from what we have."""
        if self._rules.clears:  # a column that has to be filled cannot be emptied
            told = {
                name: self._defaults[name] if value is None else value
                for name, value in values.items()
                if value is not None or name in self._defaults
            }
        else:
            told = {name: value for name, value in values.items() if value is not None}
        if known[EXTERNAL_ID]:  # found by its name: it keeps the id of the system that named it first
            told.pop(EXTERNAL_ID, None)
        elif EXTERNAL_ID in told and self._kind.has_source:
            told["source"] = self._rules.source
        told[EXTRA] = {**known[EXTRA], **record.extra}
        return {name: value for name, value in told.items() if known[name] != value}

    def _refuse_taken_name(self, known: Known, news: Told, record: Record) -> None:
        if not self._kind.is_natural_unique or self._kind.natural not in news:
            return
        other = self._by_natural.get(news[self._kind.natural])
        if other is not None and other["id"] != known["id"]:
            raise Refusal("is the name of another organization of the desk", "name", record.values["name"])

    def _shown(self, record: Record) -> tuple[str, str]:
        """What a row is told by."""
        for name in (EXTERNAL_ID, "name", "title"):
            if value := record.values.get(name):
                return name, str(value)
        return "", ""


def _domain_keys(told: Told) -> list[str]:
    """What an organization is found by where its row has no name."""
    return [f"@{domain}" for domain in told.get("domains") or ()]
