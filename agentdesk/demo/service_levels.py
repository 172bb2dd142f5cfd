"""What the sample desk promises: business hours, two policies, an agreement for each key account, shifts, and where things go."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta, tzinfo
from typing import Final

from agentdesk.demo.ledger import Ledger
from agentdesk.demo.persons import Company
from agentdesk.demo.staging import Colleague
from agentdesk.domain.events import Event
from agentdesk.domain.identity import name_key
from agentdesk.domain.sla import Ladder, SlaClock
from agentdesk.domain.sla.ladder import DEFAULT_LADDER, as_rows
from agentdesk.domain.sla.reaching import step_at
from agentdesk.domain.sla.target_words import parse_targets
from agentdesk.models import Agreement, CalendarVersion, PolicyVersion, RoutingRule, Shift
from agentdesk.models.sla_clock import SlaStep
from agentdesk.queries.clocks import ticket_clocks
from agentdesk.queries.policies import policies
from agentdesk.store.change import Change

HOURS: Final = "Mon-Fri 07:00-20:00; Sat 09:00-13:00"
_AGE: Final = timedelta(days=1000)
_STANDARD: Final = (
    "frt=urgent:1h,high:4h,normal:13h,low:26h",
    "nrt=urgent:2h,high:10h,normal:26h,low:52h",
    "requester_wait=urgent:26h,high:78h,normal:156h,low:260h",
)
_KEY: Final = (
    "frt=urgent:30m,high:2h,normal:4h,low:13h",
    "nrt=urgent:1h,high:6h,normal:13h,low:26h",
    "requester_wait=urgent:13h,high:52h,normal:104h,low:208h",
)
_EARLY, _LATE = "Mon-Fri 07:00-15:30", "Mon-Fri 11:30-20:00"
_RULES: Final = (("Invoices", "category:billing", "Billing"), ("Repairs", "type:incident", "Technical"))


def promise_by_policy(ledger: Ledger, now: datetime, zone: tzinfo) -> None:
    """Business hours in the zone of the desk, and the policies that count in them."""
    since = (now - _AGE).replace(microsecond=0)
    named = getattr(zone, "key", "UTC")
    office = ledger.add(
        CalendarVersion,
        1,
        since,
        name="Office",
        name_key=name_key("Office"),
        number=1,
        zone=named,
        hours=HOURS,
    )
    ledger.created(CalendarVersion, office, Event.CALENDAR_CHANGED, None, since)
    for place, (name, targets, by_agreement) in enumerate(
        (("Key accounts", _KEY, True), ("Standard", _STANDARD, False)), start=1
    ):
        row = ledger.add(
            PolicyVersion,
            place,
            since,
            name=name,
            name_key=name_key(name),
            number=1,
            position=place * 10,
            calendar="Office",
            targets=parse_targets(targets),
            ladder=as_rows(DEFAULT_LADDER),
            by_agreement=by_agreement,
        )
        ledger.created(PolicyVersion, row, Event.POLICY_CHANGED, None, since)


def agree_with_key_accounts(ledger: Ledger, now: datetime, companies: Iterable[Company]) -> None:
    """An agreement for each gold organization; the first of them ends within the month, which somebody should see."""
    gold = [one for one in companies if one.tier == "gold"]
    for place, company in enumerate(gold, start=1):
        starts = company.created_at
        ends = (now + timedelta(days=20 if place == 1 else 200 + 7 * place)).date().isoformat()
        row = ledger.add(
            Agreement,
            place,
            starts,
            organization_id=company.id,
            product="Service",
            plan="Key account",
            policy="Key accounts",
            starts_on=starts.date().isoformat(),
            ends_on=ends,
        )
        ledger.created(Agreement, row, Event.AGREEMENT_CHANGED, None, starts)


def plan_work(
    ledger: Ledger, now: datetime, zone: tzinfo, agents: Sequence[Colleague], queues: Mapping[str, int]
) -> None:
    """An early and a late shift, and rules that say which queue a new ticket goes to."""
    since = (now - _AGE).replace(microsecond=0)
    named = getattr(zone, "key", "UTC")
    for place, agent in enumerate(agents[1:], start=1):
        hours = _EARLY if place % 2 else _LATE
        row = ledger.add(Shift, place, since, agent_id=agent.id, zone=named, hours=hours)
        ledger.created(Shift, row, Event.SHIFT_CHANGED, None, since)
    for place, (name, query, queue) in enumerate(_RULES, start=1):
        row = ledger.add(
            RoutingRule,
            place,
            since,
            name=name,
            name_key=name_key(name),
            position=place * 10,
            conditions=query,
            queue_id=queues[queue],
        )
        ledger.created(RoutingRule, row, Event.RULE_CHANGED, None, since)


def take_past_steps(change: Change) -> None:
    """Mark every step of the ladder that lies behind: whoever opens the desk should not be told of two months at once."""
    read = change.reader()
    ladders = {one.id: one.steps for one in policies(read, every=True)}
    asked = "SELECT id, policy_id FROM ticket WHERE is_open AND policy_id IS NOT NULL ORDER BY id"
    for ticket_id, policy_id in read.tuples(asked):
        for clock in ticket_clocks(read, ticket_id).clocks:
            if clock.is_running:
                change.session.add_all(_behind(ticket_id, clock, ladders[policy_id], change.at))


def _behind(ticket_id: int, clock: SlaClock, ladder: Ladder, now: datetime) -> Iterator[SlaStep]:
    for step in ladder:
        at = step_at(clock, step)
        if at is not None and at <= now:
            yield SlaStep(
                ticket_id=ticket_id,
                metric=clock.metric.value,
                number=clock.number,
                step=step.id,
                taken_at=at,
            )
