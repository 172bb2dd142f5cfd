"""What belongs to a ticket, what is worded like it, and what a merge would do, read on both databases."""

from agentdesk import services
from agentdesk.desk import Desk
from agentdesk.domain.actor import Actor
from agentdesk.domain.vocabulary import Role
from agentdesk.queries.merge_candidates import alike, near, typed
from agentdesk.queries.merge_plans import merge_plan, plan_lines
from agentdesk.queries.relations import relations
from agentdesk.queries.similar import similar

WORDS = (
    "kettle lid hinge broken",
    "parcel went missing",
    "please change my address",
    "invoice without number",
)


def new(desk: Desk, subject: str, customer_id: int | None = None, body: str = "") -> int:
    with desk.change() as change:
        made = services.create_ticket(
            change, subject=subject, customer_id=customer_id, body=body or f"{subject}?"
        )
    return int(made.id or 0)


def person(desk: Desk, name: str) -> int:
    with desk.change() as change:
        return int(services.create_customer(change, name=name).id or 0)


def test_related_tickets_come_in_groups_with_how_they_belong(desk: Desk) -> None:
    dana = person(desk, "Dana Kim")
    here, gone, other = (new(desk, subject, dana) for subject in ("Here", "Gone", "Other"))
    problem, child, linked = (new(desk, subject) for subject in ("Known fault", "Child", "Linked"))
    with desk.change() as change:
        services.merge_tickets(change, [gone], here)
        services.edit_ticket(change, problem, {"type": "problem"})
        services.link_tickets(change, here, problem, "caused_by")
        services.link_tickets(change, child, here, "caused_by")
        services.link_tickets(change, linked, here, "duplicate")
        services.solve_ticket(change, other)
    with desk.read() as read:
        told = [
            (group.key, group.total, [(one.ticket.id, one.why) for one in group.rows])
            for group in relations(read, here)
        ]
        [into, *_] = relations(read, gone)
    assert told == [
        ("merged", 1, [(gone, "")]),
        ("problem", 1, [(problem, "caused by")]),
        ("links", 2, [(child, "cause of"), (linked, "duplicate of")]),
        ("customer", 2, [(other, ""), (gone, "")]),
    ]
    assert (into.key, into.rows[0].ticket.id) == ("merged_into", here)


def test_follow_ups_are_told_in_both_directions(desk: Desk) -> None:
    first = new(desk, "First")
    with desk.change() as change:
        services.solve_ticket(change, first)
        services.close_ticket(change, first)
        second = int(services.follow_up_ticket(change, first).id or 0)
    with desk.read() as read:
        assert [(one.why, one.ticket.id) for one in relations(read, second)[0].rows] == [("follows", first)]
        assert [(one.why, one.ticket.id) for one in relations(read, first)[0].rows] == [
            ("followed by", second)
        ]


def test_similar_wording_is_told_with_the_rare_words_that_are_shared(desk: Desk) -> None:
    for number in range(8):
        for words in WORDS[1:]:
            new(desk, f"{words} {number}", body=f"Could you please help? {words}")
    kettle = new(desk, "Kettle", body="Could you please help? The lid of the kettle broke at its hinge.")
    other = new(desk, "kettle lid", body="Could you please help? The hinge is loose.")
    number = new(desk, "Order OT-482913", body="Could you please help?")
    again = new(desk, "Reminder", body="Could you please help with OT-482913?")
    with desk.read() as read:
        found = similar(read, kettle)
        assert [(one.ticket.id, set(one.words)) for one in found] == [
            (other, {"kettle", "lid", "hinge", "the"})
        ]
        assert [one.ticket.id for one in similar(read, number)] == [again]
        assert [one.ticket.id for one in similar(read, again)] == [number]
    with desk.change() as change:
        services.merge_tickets(change, [other], kettle)
    with desk.read() as read:
        assert similar(read, kettle) == []


def test_candidates_are_offered_with_their_reason(desk: Desk) -> None:
    dana = person(desk, "Dana Kim")
    here, same, linked = new(desk, "Kettle", dana), new(desk, "Lamp", dana), new(desk, "Spoon")
    closed = new(desk, "Closed kettle", dana)
    worded = new(desk, "kettle lid hinge")
    source = new(desk, "kettle lid hinge", dana)
    with desk.change() as change:
        services.link_tickets(change, source, linked)
        services.solve_ticket(change, closed)
        services.close_ticket(change, closed)
    with desk.read() as read:
        told = {one.ticket.id: one.why for one in near(read, [source])}
        assert told == {
            here: "same customer, open",
            same: "same customer, open",
            linked: "linked: related to it",
        }
        assert [one.ticket.id for one in alike(read, [source])] == [worded]
        [asked] = [one for one in typed(read, [source], f"T-{closed}") if one.ticket.id == closed]
        assert asked.refusal.startswith(f"T-{closed} is closed: nothing can be merged")
        assert [one.why for one in near(read, [here, same])][:2] == ["one of the marked"] * 2


def test_the_plan_of_a_merge_says_what_is_loud_first(desk: Desk) -> None:
    into, source = new(desk, "One", person(desk, "Dana")), new(desk, "Two", person(desk, "Marta"))
    with desk.change() as change:
        services.reply_to_ticket(change, into, "Which?", then="pending")
        services.add_note(change, source, "Hm")
        services.escalate_ticket(
            change, source, kind="functional", reason_code="skill", ask="Is it so?", to_party="the carrier"
        )
        services.save_draft(change, source, "Dear", "public", 1)
        bo = services.add_agent(change, handle="bo", name="Bo Larsen", role="agent").id
    with desk.change() as change:
        change.actor = Actor(bo, "bo", "Bo Larsen", Role.AGENT)
        services.look_at(change, into, "another", "writing")
    with desk.read() as read:
        plan = merge_plan(read, [source], into)
        assert plan is not None
        lines = plan_lines(plan)
        assert merge_plan(read, [into], 10**6) is None
    assert lines == [
        "DIFFERENT CUSTOMERS: Marta and Dana. Replies will go to Dana.",
        f"T-{source} closes (now open): 2 messages, 1 note among them, shown on T-{into} from then on.",
        f"T-{into} is pending and opens: the customer waits for an answer.",
        f"T-{source}: 1 escalation still open; the answer stays owed.",
        f"T-{source}: unsent words of ana stay there as a draft.",
        f"T-{into}: Bo Larsen is writing on it now.",
    ]
