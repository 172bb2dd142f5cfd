from datetime import date

import pytest

from agentdesk.domain.holidays import Years
from agentdesk.transfer.public_holidays import CountryError, public_holidays

IN_2026 = Years(2026, 2026)


def test_england_in_2026_is_what_the_law_says():
    days = [
        date(2026, *day) for day in ((1, 1), (4, 3), (4, 6), (5, 4), (5, 25), (8, 31), (12, 25), (12, 28))
    ]
    found = public_holidays("gb", "eng", IN_2026)
    assert {one.on for one in found} - {date(2026, 12, 26)} == set(days)
    assert {one.name for one in found if one.on == date(2026, 4, 3)} == {"Good Friday"}


def test_a_part_of_a_country_has_more_than_the_whole_and_years_add_up():
    assert len(public_holidays("DE", "BY", IN_2026)) > len(public_holidays("DE", "", IN_2026))
    assert {one.on.year for one in public_holidays("DEU", "", Years(2026, 2028))} == {2026, 2027, 2028}


@pytest.mark.parametrize(
    ("country", "part", "told"),
    [
        (
            "XX",
            "",
            "There are no holidays for the country “XX”. Write the two letters of its code, as in GB, DE or US.",
        ),
        (
            "",
            "",
            "There are no holidays for the country “”. Write the two letters of its code, as in GB, DE or US.",
        ),
        ("GB", "EGN", "GB has no subdivision “EGN”. Did you mean ENG?"),
        ("GB", "zz", "GB has no subdivision “zz”. Known: ENG, NIR, SCT, WLS."),
        ("VA", "X", "VA has no subdivision “X”. Leave it out."),
    ],
)
def test_a_country_that_is_not_known_is_refused_with_what_is(country, part, told):
    with pytest.raises(CountryError) as refused:
        public_holidays(country, part, IN_2026)
    assert str(refused.value) == told
