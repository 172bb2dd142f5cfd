from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentdesk.domain.sla import ClockMetric
from agentdesk.domain.sla.errors import TargetError
from agentdesk.domain.sla.target_words import (
    METRIC_NAMES,
    as_targets,
    merge_targets,
    parse_targets,
    say_targets,
    spell_targets,
)
from agentdesk.domain.vocabulary import Priority

METRICS, PRIORITIES = [str(one) for one in ClockMetric], [str(one) for one in Priority]
targets = st.dictionaries(
    st.sampled_from(METRICS),
    st.dictionaries(st.sampled_from(PRIORITIES), st.integers(1, 100_000), min_size=1),
)


@given(targets)
def test_what_is_spelled_is_read_back(told):
    ordered = merge_targets({}, told)
    assert ordered == told
    assert merge_targets({}, parse_targets(spell_targets(ordered))) == told


@given(targets, targets)
def test_an_edit_changes_what_it_names_and_nothing_else(known, edit):
    merged = merge_targets(known, edit)
    for metric in METRICS:
        for priority in PRIORITIES:
            asked = edit.get(metric, {}).get(priority, known.get(metric, {}).get(priority))
            assert merged.get(metric, {}).get(priority) == asked
    assert as_targets(merged) == {
        (ClockMetric(metric), Priority(priority)): minutes
        for metric, told in merged.items()
        for priority, minutes in told.items()
    }


@given(targets)
def test_taking_every_target_away_leaves_none(known):
    assert merge_targets(known, parse_targets(f"{metric}=none" for metric in known)) == {}


def test_targets_are_kept_in_the_order_of_clocks_and_priorities():
    typed = parse_targets(["work=low:1d,urgent:1h", "First-Reply = 4h"])
    told = merge_targets({}, typed)
    assert list(told) == ["frt", "agent_work"]
    assert list(told["agent_work"]) == ["urgent", "low"]
    assert spell_targets(told) == ["frt=4h", "agent_work=urgent:1h,low:24h"]
    assert say_targets(told) == "first reply 4 h; work 1 h / - / - / 24 h"


@pytest.mark.parametrize(("name", "metric"), METRIC_NAMES.items())
def test_every_name_of_a_clock_is_read(name, metric):
    assert list(parse_targets([f"{name}=4h"])) == [metric]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (
            ["frt"],
            "Target “frt”: it has no length. Write frt=4h, or frt=urgent:30m,high:2h,normal:8h,low:2d.",
        ),
        (
            ["frt="],
            "Target “frt=”: it has no length. Write frt=4h, or frt=urgent:30m,high:2h,normal:8h,low:2d.",
        ),
        (["first_repl=4h"], "Target “first_repl”: no clock measures this. Did you mean first_reply?"),
        (
            ["csat=4h"],
            "Target “csat”: no clock measures this. Known: first_reply, next_reply, update, solution, work.",
        ),
        (
            ["=4h"],
            "Target “”: no clock measures this. Known: first_reply, next_reply, update, solution, work.",
        ),
        (
            ["frt=urgnt:4h"],
            "Target frt: there is no priority “urgnt”. Known: urgent, high, normal, low.",
        ),
        (["frt=urgent:1h,2h"], "Target frt: “2h” names no priority. Write urgent:30m."),
        (["frt=urgent:1h,urgent:2h"], "Target frt: urgent is named twice. Name it once."),
        (
            ["frt=4h", "first_reply=2h"],
            "Target frt: it is named twice. Write all its priorities in one --target.",
        ),
        (["frt=0m"], "Target frt: “0m” is less than a minute. Write 90m, 4h, 1h30m, 2d or PT4H."),
        (
            ["work=low:30"],
            "Target agent_work, low: “30” names no unit. Write 90m, 4h, 1h30m, 2d or PT4H.",
        ),
    ],
)
def test_what_is_no_target_is_refused_by_its_place(typed, told):
    with pytest.raises(TargetError) as refused:
        parse_targets(typed)
    assert str(refused.value) == told


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"csat": {"urgent": 5}}, "“csat”: no clock measures this"),
        ({"frt": {"soon": 5}}, "frt: there is no priority “soon”"),
        ({"frt": {"urgent": 0}}, "frt, urgent: 0 is less than a minute"),
    ],
)
def test_no_such_target_gets_past_the_parser_either(told, why):
    with pytest.raises(TargetError, match=why):
        merge_targets({}, told)


@given(st.text(max_size=40))
def test_any_text_is_a_target_or_one_sentence(text):
    with suppress(TargetError):
        merge_targets({}, parse_targets([text]))
