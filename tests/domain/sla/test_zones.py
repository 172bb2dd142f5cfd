import pytest

from agentdesk.domain.sla import read_zone
from agentdesk.domain.sla.errors import ZoneError


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("London", "There is no time zone “London”. Did you mean Europe/London?"),
        ("new york", "There is no time zone “new york”. Did you mean America/New_York?"),
        ("Europe/Londn", "There is no time zone “Europe/Londn”. Did you mean Europe/London?"),
    ],
)
def test_the_nearest_city_is_offered(typed, told):
    with pytest.raises(ZoneError) as refused:
        read_zone(typed)
    assert str(refused.value) == told


@pytest.mark.parametrize("typed", ["", "CEST", "GMT+1", "UTC+01:00", "../etc/passwd", "Mars"])
def test_nothing_is_offered_where_a_guess_would_mislead(typed):
    with pytest.raises(ZoneError, match="Write a name such as Europe/London or America/New_York"):
        read_zone(typed)
