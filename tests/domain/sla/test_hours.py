import pytest
from hypothesis import given

from agentdesk.domain.sla import parse_day, parse_week, spell_day, spell_week
from agentdesk.domain.sla.errors import HoursError
from tests.domain.sla.strategies import weeks

NINE_TO_FIVE = ((540, 1020),)
MORNING = ((540, 720),)
SPLIT = ((480, 720), (780, 1020))


@pytest.mark.parametrize(
    ("text", "week"),
    [
        ("Mon-Fri 09:00-17:00", (NINE_TO_FIVE,) * 5 + ((), ())),
        ("mon–fri 9-17", (NINE_TO_FIVE,) * 5 + ((), ())),
        ("Monday-Friday 9:00 - 17:00; Saturday closed", (NINE_TO_FIVE,) * 5 + ((), ())),
        ("Mon-Fri 08:00-12:00,13:00-17:00; Sat 09:00-12:00", (SPLIT,) * 5 + (MORNING, ())),
        ("Mon-Fri 08:00-12:00, 13:00-17:00\nSat 09:00-12:00\n", (SPLIT,) * 5 + (MORNING, ())),
        ("Mon,Wed 09:00-12:00", (MORNING, (), MORNING, (), (), (), ())),
        ("Sat-Mon 09:00-12:00", (MORNING, (), (), (), (), MORNING, MORNING)),
        ("Mon-Fri 09:00-12:00; Mon 13:00-14:00", (((540, 720), (780, 840)),) + (MORNING,) * 4 + ((), ())),
        ("Mon 09:00-12:00,12:00-17:00", (NINE_TO_FIVE,) + ((),) * 6),
        ("every day 00:00-24:00", (((0, 1440),),) * 7),
        ("24/7", (((0, 1440),),) * 7),
        ("closed", ((),) * 7),
    ],
)
def test_hours_are_read_as_people_write_them(text, week):
    assert parse_week(text) == week


def test_hours_over_midnight_become_two_days():
    assert parse_week("Sun 22:00-06:00") == (((0, 360),), (), (), (), (), (), ((1320, 1440),))
    assert parse_week("Fri 18:00-00:00")[4:] == (((1080, 1440),), (), ())
    assert parse_week("every day 22:00-06:00") == (((0, 360), (1320, 1440)),) * 7


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Opening hours, as given: they are empty. Write for example Mon-Fri 09:00-17:00, or closed."),
        (
            "Mon-Fri 09:00-17:00; Sat",
            "Opening hours, part 2 “Sat”: it has no times. Write for example Sat 09:00-12:00.",
        ),
        (
            "09:00-17:00",
            "Opening hours, part 1 “09:00-17:00”: it names no day. Write for example Mon-Fri 09:00-17:00.",
        ),
        (
            "Mon-Fry 09:00-17:00",
            (
                "Opening hours, part 1 “Mon-Fry 09:00-17:00”: “Fry” is no day. "
                "Write Mon, Tue, Wed, Thu, Fri, Sat, Sun or every day."
            ),
        ),
        (
            "Mon 09:00-25:00",
            "Opening hours, part 1 “Mon 09:00-25:00”: “25:00” is no time of day. Write 00:00 to 24:00.",
        ),
        (
            "Mon 09:60-17:00",
            "Opening hours, part 1 “Mon 09:60-17:00”: “09:60” is no time of day. Write 00:00 to 24:00.",
        ),
        (
            "Mon 9am-5pm",
            "Opening hours, part 1 “Mon 9am-5pm”: “9am” is no time of day. Write 00:00 to 24:00.",
        ),
        (
            "Mon 09:00",
            "Opening hours, part 1 “Mon 09:00”: “09:00” is no stretch of time. Write for example 09:00-17:00.",
        ),
        (
            "Mon 09:00-09:00",
            "Opening hours, part 1 “Mon 09:00-09:00”: “09:00-09:00” has no length. For a whole day write 00:00-24:00.",
        ),
        (
            "Mon 24:00-06:00",
            "Opening hours, part 1 “Mon 24:00-06:00”: nothing opens at 24:00. Write 00:00 on the next day.",
        ),
        (
            "Mon-Wed 09:00-12:00; Tue 11:00-13:00",
            "Opening hours, Tue: open twice from 11:00 to 12:00. Name it once.",
        ),
    ],
)
def test_hours_that_cannot_be_read_are_refused_with_the_place(text, sentence):
    with pytest.raises(HoursError) as refused:
        parse_week(text)

    assert str(refused.value) == sentence


@given(weeks)
def test_what_is_spelled_is_read_back(week):
    assert parse_week(spell_week(week)) == week


def test_days_with_the_same_hours_stand_together():
    assert spell_week(parse_week("Sat 9-12; Fri 8-12,13-17; Mon-Thu 8-12,13-17")) == (
        "Mon-Fri 08:00-12:00,13:00-17:00; Sat 09:00-12:00"
    )
    assert spell_week(parse_week("Mon,Wed,Fri 9-12")) == "Mon,Wed,Fri 09:00-12:00"
    assert spell_week(parse_week("24/7")) == "every day 00:00-24:00"


def test_the_hours_of_one_date():
    assert parse_day("10:00-12:00,13:00-14:00", "2026-12-24") == ((600, 720), (780, 840))
    assert parse_day("closed", "2026-12-24") == ()
    assert spell_day(()) == "closed"
    with pytest.raises(HoursError, match="2026-12-24: they run over midnight"):
        parse_day("22:00-02:00", "2026-12-24")
