"""The public holidays of a country, from the tables of the `holidays` package; nothing is asked over a network."""

from agentdesk.domain.errors import AgentDeskError
from agentdesk.domain.holidays import Holiday, Years
from agentdesk.domain.near import suggest
from agentdesk.domain.quoting import quoted


class CountryError(AgentDeskError):
    """A country or a part of one for which there is no table."""


def public_holidays(country: str, subdivision: str, years: Years) -> list[Holiday]:
    """The days a country or a part of it has off by law, with the days that stand in for those on a weekend.

    Args:
        country: ISO 3166-1: `GB`, `DE`, `US`; case does not count.
        subdivision: of the country, as ISO 3166-2 has it after the dash: `ENG`, `BY`, `CA`; empty for all of it.
        years: which.

    Raises:
        CountryError: there is no such country or part; the sentence names those there are.
    """
    import holidays  # noqa: PLC0415  tables of every country, which only this needs

    code, part = country.strip().upper(), subdivision.strip().upper()
    known = holidays.list_supported_countries(include_aliases=False)
    if code not in known:
        try:
            code = holidays.country_holidays(code).country
        except NotImplementedError:
            hint = "Write the two letters of its code, as in GB, DE or US."
            raise CountryError(f"There are no holidays for the country {quoted(country)}. {hint}") from None
    parts = {one.upper(): one for one in known[code]}
    if part and part not in parts:
        hint = suggest(part, [(one, one) for one in parts.values()], listed=20) or "Leave it out."
        raise CountryError(f"{code} has no subdivision {quoted(subdivision)}. {hint}")
    found = holidays.country_holidays(
        code, subdiv=parts.get(part), years=range(years.first, years.last + 1), expand=False
    )
    return sorted(Holiday(on, " ".join(name.split())) for on, name in found.items() if on in years)
