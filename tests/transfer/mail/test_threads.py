"""Laws of parting mails into tickets, whatever order they come in."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from agentdesk.transfer.mail.people import Person
from agentdesk.transfer.mail.threads import STRANGER, Home, Known, Node, assign

BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
PEOPLE = ["a@x.example", "b@x.example", "c@x.example"]
NOTHING = Known({}, {}, lambda home, _mail: home)


@st.composite
def some_mails(draw: st.DrawFn) -> list[tuple[int, str, list[str], list[int]]]:
    """Number, sender, recipients and the numbers answered, which may be of mails that are not there."""
    count = draw(st.integers(1, 8))
    numbers = st.integers(0, count + 2)
    return [
        (
            number,
            draw(st.sampled_from([*PEOPLE, ""])),
            draw(st.lists(st.sampled_from(PEOPLE), max_size=2)),
            [one for one in draw(st.lists(numbers, max_size=3)) if one != number],
        )
        for number in range(count)
    ]


def nodes(mails: list[tuple[int, str, list[str], list[int]]]) -> list[Node]:
    return [
        Node(
            place,
            str(number),
            BEGIN + timedelta(hours=number * 7 % 11, seconds=number),
            Person("", sender, sender),
            others,
            [str(one) for one in answers],
            "",
        )
        for place, (number, sender, others, answers) in enumerate(mails)
    ]


def parts(homes: list[Home]) -> set[frozenset[str]]:
    return {frozenset(mail.key for mail in home.mails) for home in homes}


@given(some_mails(), st.randoms())
def test_the_order_of_the_files_parts_nothing_otherwise(mails, chance):
    mixed = list(mails)
    chance.shuffle(mixed)
    assert parts(assign(nodes(mails), NOTHING)) == parts(assign(nodes(mixed), NOTHING))


@given(some_mails())
def test_each_mail_is_on_one_ticket_by_time_and_whoever_joined_had_a_part_in_it(mails):
    homes = assign(nodes(mails), NOTHING)
    assert sorted(mail.key for home in homes for mail in home.mails) == sorted(str(one[0]) for one in mails)
    for home in homes:
        assert [mail.at for mail in home.mails] == sorted(mail.at for mail in home.mails)
        known = {key for mail in home.mails for key in mail.others}
        senders = [mail.sender.key for mail in home.mails]
        strangers = {key for key in senders if key not in known and senders.count(key) == 1}
        assert len(strangers) <= 1


@given(some_mails())
def test_a_stranger_begins_a_ticket_that_says_so(mails):
    homes = assign(nodes(mails), NOTHING)
    assert all(sum(STRANGER in mail.flags for mail in home.mails) <= 1 for home in homes)
