from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentdesk.domain.sla import DEFAULT_LADDER, Deed, Party, Step
from agentdesk.domain.sla.errors import LadderError
from agentdesk.domain.sla.ladder import as_rows, ladder_of, parse_ladder, read_rows, spell_ladder


def some_step(at: int, plus: int, do: Deed, to: Party) -> Step | None:
    try:
        return Step(at, plus if at == 100 else 0, do, to)
    except LadderError:
        return None


steps = st.builds(
    some_step,
    st.sampled_from([75, 90, 100]),
    st.integers(0, 100_000),
    st.sampled_from(Deed),
    st.sampled_from(Party),
).filter(lambda step: step is not None)
ladders = st.sets(steps, max_size=8).map(ladder_of)


@given(ladders)
def test_what_is_spelled_is_read_back(ladder):
    assert parse_ladder(spell_ladder(ladder)) == ladder


@given(ladders)
def test_what_is_stored_is_read_back(ladder):
    assert read_rows(as_rows(ladder)) == ladder


@given(ladders)
def test_no_two_steps_of_a_ladder_have_the_same_id(ladder):
    assert len({step.id for step in ladder}) == len(ladder)


@given(st.sets(steps, min_size=1, max_size=8).map(list), st.randoms())
def test_the_order_of_typing_makes_no_difference(typed, random):
    shuffled = random.sample(typed, len(typed))
    assert ladder_of(shuffled) == ladder_of(typed)


def test_the_default_ladder_is_that_of_the_vocabulary():
    assert spell_ladder(DEFAULT_LADDER) == [
        "75% notify assignee",
        "90% notify lead",
        "100% escalate lead",
        "100%+60m escalate manager",
    ]
    assert [step.id for step in DEFAULT_LADDER] == [
        "75%:notify:assignee",
        "90%:notify:lead",
        "100%:escalate:lead",
        "100%+60m:escalate:manager",
    ]
    assert as_rows(DEFAULT_LADDER)[3] == {
        "at": 100,
        "plus_minutes": 60,
        "do": "escalate",
        "to": "manager",
    }
    assert DEFAULT_LADDER[3].told == (
        "100 % of a target used, and 1 h of business hours more: escalate to manager"
    )


def test_a_step_is_named_the_same_whatever_else_the_ladder_has():
    alone, among = (
        parse_ladder(["100% escalate lead"]),
        parse_ladder(["100% notify lead", "100% escalate lead"]),
    )
    assert alone[0].id in {step.id for step in among}


@pytest.mark.parametrize(
    ("typed", "spelled"),
    [
        ("  100 % + 1h30m  ESCALATE to Manager", "100%+90m escalate manager"),
        ("100%+1 h 30 min notify lead", "100%+90m notify lead"),
        ("75 % notify manager", "75% notify manager"),
    ],
)
def test_what_people_type_is_read(typed, spelled):
    assert spell_ladder(parse_ladder([typed])) == [spelled]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("80% notify lead", "Step “80% notify lead”: 80 % is no threshold. Choose 75, 90 or 100."),
        (
            "75%+60m notify lead",
            "Step “75%+60m notify lead”: time is added to 100 % only. Write for example 100%+60m.",
        ),
        ("90% ping lead", "Step “90% ping lead”: “ping” is not known. Write notify or escalate."),
        (
            "90% notify everybody",
            "Step “90% notify everybody”: “everybody” is not known. Write assignee or lead or manager.",
        ),
        (
            "100% escalate assignee",
            "Step “100% escalate assignee”: an escalation goes to lead or manager.",
        ),
        (
            "100%+60 escalate lead",
            "Step “100%+60 escalate lead”: “60” names no unit. Write 90m, 4h, 1h30m, 2d or PT4H.",
        ),
        (
            "lead at 90%",
            "Step “lead at 90%”: it cannot be read. Write for example '75% notify assignee', or '100%+60m escalate manager'.",
        ),
        (
            "",
            "Step “”: it cannot be read. Write for example '75% notify assignee', or '100%+60m escalate manager'.",
        ),
    ],
)
def test_what_is_no_step_is_refused_by_its_words(typed, told):
    with pytest.raises(LadderError) as refused:
        parse_ladder(["90% notify manager", typed])
    assert str(refused.value) == told


def test_a_step_that_is_there_twice_is_refused():
    with pytest.raises(LadderError, match="“90% notify lead”: it is there twice"):
        parse_ladder(["90% notify lead", "75% notify lead", "90% Notify to lead"])


@given(st.text(max_size=40))
def test_any_text_is_a_ladder_or_one_sentence(text):
    with suppress(LadderError):
        parse_ladder([text])
