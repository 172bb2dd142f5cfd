"""Amounts of money are read in the smallest unit of their currency, and what could be two amounts is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentdesk.domain.money import AmountError, currency_code, minor_places, read_money


@pytest.mark.parametrize(
    ("text", "currency", "decimal", "minor"),
    [
        ("12", "EUR", "", (1200, "EUR")),
        ("12.5", "EUR", "", (1250, "EUR")),
        ("12,50", "EUR", "", (1250, "EUR")),
        ("1,234.50", "USD", "", (123450, "USD")),
        ("1.234,50", "EUR", "", (123450, "EUR")),
        ("1'234.50", "CHF", "", (123450, "CHF")),
        ("1 234,50", "SEK", "", (123450, "SEK")),
        ("1.234.567", "EUR", "", (123456700, "EUR")),
        ("12.345", "EUR", ",", (1234500, "EUR")),
        ("12,345.6", "EUR", ".", (1234560, "EUR")),
        ("0.125", "KWD", "", (125, "KWD")),
        ("12.500", "KWD", ".", (12500, "KWD")),
        ("1200", "JPY", "", (1200, "JPY")),
        ("1200.00", "JPY", "", (1200, "JPY")),
        ("€ 12.50", "", "", (1250, "EUR")),
        ("12,50 €", "", "", (1250, "EUR")),
        ("EUR 12", "", "", (1200, "EUR")),
        ("12usd", "", "", (1200, "USD")),
        ("$12.50", "AUD", "", (1250, "AUD")),
        ("-12.50", "EUR", "", (-1250, "EUR")),
        ("(12.50)", "EUR", "", (-1250, "EUR")),
        ("12.50-", "EUR", "", (-1250, "EUR")),
        ("\u221212", "EUR", "", (-1200, "EUR")),
        ("\u0661\u0662", "EUR", "", (1200, "EUR")),
    ],
)
def test_an_amount_counts_the_smallest_unit(text, currency, decimal, minor):
    assert read_money(text, currency, decimal) == minor


@pytest.mark.parametrize(
    ("text", "currency", "decimal", "why"),
    [
        ("1,234", "EUR", "", "may mean 1.234 or 1234; say decimal"),
        ("1.234", "KWD", "", "may mean 1.234 or 1234; say decimal"),
        ("12.505", "EUR", ".", "more places than EUR, which has 2"),
        ("12.5", "JPY", "", "more places than JPY, which has none"),
        ("12", "", "", "names no currency"),
        ("$12", "", "", "the sign of several currencies"),
        ("€12", "USD", "", "is in EUR, and the currency is said to be USD"),
        ("XXQ 12", "", "", "is no currency of ISO 4217"),
        ("12", "XAU", "", "is no currency of ISO 4217"),
        ("twelve", "EUR", "", "is no amount"),
        ("1,2,3", "EUR", "", "is no amount"),
        ("1.2,3.4", "EUR", "", "is no amount"),
        ("1.23,5", "EUR", ",", "is no amount with ','"),
        ("9" * 30, "EUR", "", "larger than any order"),
        ("", "EUR", "", "is no amount"),
    ],
)
def test_what_is_no_amount_or_two_is_refused(text, currency, decimal, why):
    with pytest.raises(AmountError, match=r".") as refused:
        read_money(text, currency, decimal)
    assert why in str(refused.value)


def test_a_currency_is_a_code_or_a_sign_of_its_own():
    assert [currency_code(one) for one in ("eur", " USD ", "€", "zł")] == ["EUR", "USD", "EUR", "PLN"]
    assert [minor_places(one) for one in ("EUR", "JPY", "KWD", "XAU", "EURO")] == [2, 0, 3, None, None]
    with pytest.raises(AmountError, match="several currencies"):
        currency_code("kr")


@given(st.text(max_size=12), st.sampled_from(["", "EUR", "JPY"]), st.sampled_from(["", ".", ","]))
def test_no_text_raises_anything_else(text, currency, decimal):
    try:
        minor, code = read_money(text, currency, decimal)
    except AmountError:
        return
    assert isinstance(minor, int)
    assert minor_places(code) is not None


@given(st.integers(-(10**12), 10**12), st.sampled_from(["EUR", "JPY", "KWD"]))
def test_a_plain_amount_comes_back(minor, code):
    places = minor_places(code)
    whole, fraction = divmod(abs(minor), 10**places)
    text = f"{'-' if minor < 0 else ''}{whole}" + (f".{fraction:0{places}d}" if places else "")
    assert read_money(text, code, ".") == (minor, code)
