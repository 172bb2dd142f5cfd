"""A chunk of rows against the customers there are: every row is created, updated, unchanged, duplicate or rejected.

The outcome is that of one row after the other, wherever chunks begin and end: later rows of a chunk see what earlier
ones did, and later chunks find it in the store.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Final, Protocol

from agentdesk.domain.identity import name_key
from agentdesk.transfer.contact_plan import ContactPlan
from agentdesk.transfer.contact_record import ContactRecord
from agentdesk.transfer.contacts.dropped import Dropped, Repeats, dropped
from agentdesk.transfer.contacts.match import Known, MatchConflictError, find_person, told
from agentdesk.transfer.contacts.merge import Phones, fill_person, make_newcomer, make_person, update_person
from agentdesk.transfer.contacts.people import Keyed
from agentdesk.transfer.contacts.person import Newcomer, Person
from agentdesk.transfer.contacts.story import Story
from agentdesk.transfer.contacts.survivors import FILE_WINS, Sides
from agentdesk.transfer.id_set import IdSet
from agentdesk.transfer.result import Counts
from agentdesk.transfer.rows import Fault

_ONLY_AN_ID: Final = (
    "is nothing but an id, and no customer here has it; add a name, an e-mail address or a phone number"
)


class Side(Protocol):
    """Where customers are found and kept: the store, or the scratch of a dry run."""

    def find(self, rows: Sequence[Keyed]) -> tuple[list[Person], set[str]]:
        """All whom the rows can mean, and the phone numbers that several customers share."""
        ...

    def organizations(self, keys: Collection[str]) -> dict[str, int]:
        """Ids of organizations by folded name, of those there are."""
        ...

    def save(
        self, organizations: Mapping[int, str], new: Sequence[Newcomer], changed: Sequence[Person]
    ) -> Sequence[int]:
        """Keep what a chunk came to; return the ids of the new customers, ascending."""
        ...

    def organization_names(self, ids: Collection[int]) -> dict[int, str]:
        """Names of organizations of the store, by id."""
        ...


@dataclass(slots=True)
class Rules:
    """How a file is applied, and what is remembered from chunk to chunk.

    Attributes:
        plan: where the columns are.
        match: keys that find a customer.
        on_match: `update`, `skip` or `fail`, for the first row about a customer who was there before.
        clears: blank cells empty what we have.
        sides: whose word stands, by field.
        touched: customers of before that earlier rows were about.
        made: customers that earlier rows made.
    """

    plan: ContactPlan
    match: frozenset[str]
    on_match: str
    clears: bool
    sides: Sides = field(default_factory=lambda: FILE_WINS)
    touched: IdSet = field(default_factory=IdSet)
    made: IdSet = field(default_factory=IdSet)
    _people: int = 0
    _organizations: int = 0

    def next_person(self) -> int:
        """A provisional id."""
        self._people -= 1
        return self._people

    def next_organization(self) -> int:
        """A provisional id."""
        self._organizations -= 1
        return self._organizations


class Chunk:
    """Some rows being applied, inside one transaction.

    Attributes:
        counts: what became of the rows so far.
        faults: the rejected ones among them.
        made: ids of the customers that were made, ascending, once it is applied.
        met: ids of the customers of before whom its rows were about, once it is applied.
        repeats: rows that did more than repeat an earlier one.
    """

    def __init__(self, rules: Rules, side: Side, rows: Sequence[Keyed], story: Story | None = None) -> None:
        """Find everybody the rows can be about; what becomes of each row is told to `story`."""
        self.counts = Counts()
        self.faults: list[Fault] = []
        self.made: Sequence[int] = ()
        self.met: Sequence[int] = ()
        self.repeats = Repeats()
        self._story = story
        self._rules = rules
        self._side = side
        self._rows = rows
        self._known = Known()
        self._new: list[Person | Newcomer] = []
        self._met: list[Person] = []
        self._new_organizations: dict[int, str] = {}
        people, self._known.crowded = side.find(rows)
        for one in people:
            one.is_made = one.id in rules.made
            one.is_touched = one.is_made or one.id in rules.touched
            self._known.add(one)
        names = {record.organization for record, _ in rows if record.organization}
        self._companies = {name: name_key(name) for name in names}
        self._organizations = side.organizations(set(self._companies.values()) - {""})

    def apply(self) -> None:
        """Apply every row and keep the outcome."""
        known, match, story = self._known, self._rules.match, self._story
        for record, phones, is_alone in self._told_apart():
            if is_alone and (record.name or record.emails or phones):
                self._rules.next_person()
                newcomer = make_newcomer(record, phones, self._company(record.organization))
                self._new.append(newcomer)
                self.counts.created += 1
                if story:
                    story.made(record, *newcomer)
                continue
            try:
                person = find_person(known, record, phones, self._company, match)
            except MatchConflictError as conflict:
                self._reject(record, str(conflict))
                continue
            if person is None:
                self._make(record, phones)
            else:
                self._meet(person, record, phones)
        new = [one.newcomer if isinstance(one, Person) else one for one in self._new]
        changed = [one for one in self._met if one.is_changed]
        self.made = self._side.save(self._new_organizations, new, changed)
        self.met = [one.id for one in self._met]
        self._rules.made.add_all(self.made)
        self._rules.touched.add_all(self.met)
        if story:
            story.end(self.made)

    def _told_apart(self) -> Iterator[tuple[ContactRecord, Phones, bool]]:
        """The rows, and whether all that points at somebody in one does so nowhere else.

        Nobody in the store and no other row of the chunk can be about the same person then.
        """
        rows = self._rows
        pointers = [(*record.email_keys, *phones, record.external_id) for record, phones in rows]
        times = Counter(chain.from_iterable(pointers))
        shared = {key for key, count in times.items() if count > 1} | self._known.pointers

        for (record, phones), keys in zip(rows, pointers, strict=True):
            # A row without an external id points by one key less; one without any key may mean a namesake.
            some = keys if keys[-1] else keys[:-1]
            yield record, phones, bool(some) and shared.isdisjoint(some)

    def _make(self, record: ContactRecord, phones: Phones) -> None:
        if not (record.name or record.emails or phones):
            self._reject(record, _ONLY_AN_ID)
            return
        company = self._company(record.organization)
        person = make_person(self._rules.next_person(), record, phones, company)
        self._known.add(person)
        self._new.append(person)
        self.counts.created += 1
        if self._story:
            person.line = record.line
            self._story.made(record, *person.newcomer)

    def _meet(self, person: Person, record: ContactRecord, phones: Phones) -> None:
        """Apply a row about somebody who is known: from before, or from an earlier row."""
        if not person.is_touched and self._rules.on_match == "fail":
            self._reject(record, f"is a customer already: {told(person)}")
            return
        before = self._story.look(person) if self._story else None
        if person.is_touched:
            lost = self._fold(person, record, phones)
            if self._story and before:
                self._story.folded(record, person, before, lost)
            return
        self._update(person, record, phones)
        if self._story and before:
            self._story.met(record, person, before)

    def _update(self, person: Person, record: ContactRecord, phones: Phones) -> None:
        """The first row about somebody of before."""
        rules = self._rules
        person.is_touched = True
        self._met.append(person)
        if rules.on_match == "update" and update_person(
            person,
            record,
            phones,
            self._company(record.organization),
            emptied=rules.plan if rules.clears else None,
            sides=rules.sides,
        ):
            self.counts.updated += 1
            self._known.add(person)
        else:
            self.counts.unchanged += 1

    def _fold(self, person: Person, record: ContactRecord, phones: Phones) -> Sequence[Dropped]:
        """A later row about somebody: it only adds; return what it says otherwise."""
        rules = self._rules
        self.counts.duplicates += 1
        if not (person.is_made or rules.on_match == "update"):
            return ()
        had = None if person.is_made else (person.values, len(person.points))
        sides = FILE_WINS if person.is_made else rules.sides
        company = self._company(record.organization) if person.organization_id is None else None
        fill_person(person, record, phones, company, sides)
        self._known.add(person)
        if person.before is not None and not any(one is person for one in self._met):
            self._met.append(person)
        lost = dropped(person, record, sides, is_ours=self._is_of(person, record.organization))
        is_filled = had is not None and had != (person.values, len(person.points))
        self.repeats += Repeats(bool(lost), is_filled)
        return lost

    def _is_of(self, person: Person, company: str) -> bool:
        """Whether somebody is of the organization that a row names, if it names one."""
        key = self._companies.get(company, "")
        return not key or (person.organization_id or 0) == self._organizations.get(key)

    def _company(self, name: str) -> int | None:
        """The id of an organization, provisional where it is new; None for no name."""
        key = self._companies.get(name, "")
        if not key:
            return None
        found = self._organizations.get(key)
        if found is None:
            found = self._organizations[key] = self._rules.next_organization()
            self._new_organizations[found] = name
        return found

    def _reject(self, record: ContactRecord, reason: str) -> None:
        self.counts.rejected += 1
        plan = self._rules.plan
        named = [
            (place, value)
            for place, value in (
                (plan.emails[0][0] if plan.emails else -1, record.emails[0] if record.emails else ""),
                (plan.external_id, record.external_id),
                (plan.phones[0].place if plan.phones else -1, record.phones[0][0] if record.phones else ""),
            )
            if place >= 0 and value
        ]
        column, value = (plan.columns[named[0][0]], named[0][1]) if named else ("", record.name)
        fault = Fault(record.line, column, value, reason, record.cells)
        self.faults.append(fault)
        if self._story:
            self._story.refused(fault)
