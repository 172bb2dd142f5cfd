"""Amounts of money as people write them, counted in the smallest unit of their currency; nothing is guessed.

How many places a currency has is ISO 4217's word: none for JPY, three for KWD, two for most.
"""

import re
from functools import lru_cache
from typing import Final

SYMBOLS: Final = {
    "€": "EUR",
    "£": "GBP",
    "₹": "INR",
    "₩": "KRW",
    "₺": "TRY",
    "₴": "UAH",
    "₫": "VND",
    "₪": "ILS",
    "zł": "PLN",
    "Kč": "CZK",
}
"""Signs that mean one currency."""
SHARED: Final = ("$", "¥", "kr", "Fr.")
"""Signs of several currencies, which say nothing by themselves."""
MOST: Final = 2**63 - 1
_WRITTEN: Final = re.compile(
    r"(?P<before>[^\d\s.,'+-]*)(?P<number>[\d.,']*\d[\d.,']*)(?P<after>[^\d\s.,'+-]*)"
)
_SPACES: Final = re.compile(r"[\s\u00a0\u202f]+")
_CODE: Final = re.compile(r"[A-Za-z]{3}")
_GROUPED: Final = re.compile(r"\d{1,3}(?:([.,'])\d{3})(?:\1\d{3})*")


class AmountError(ValueError):
    """A text that names no amount, or two; `str()` reads after the text."""


@lru_cache(512)
def minor_places(currency: str) -> int | None:
    """How many places the smallest unit of a currency has; None for what is no currency of today."""
    from iso4217 import Currency  # noqa: PLC0415  50 ms, and only orders ask

    try:
        exponent = Currency(currency).exponent
    except ValueError:
        return None
    return None if exponent is None else int(exponent)


def currency_code(text: str) -> str:
    """The code of a currency as people write it: `eur`, `EUR` and `€` are `EUR`.

    Raises:
        AmountError: it is none, or a sign that several share.
    """
    word = text.strip()
    if word in SYMBOLS:
        return SYMBOLS[word]
    if word in SHARED:
        raise AmountError("is the sign of several currencies; write the code, such as USD")
    code = word.upper()
    if not _CODE.fullmatch(code) or minor_places(code) is None:
        raise AmountError("is no currency of ISO 4217, such as EUR or USD")
    return code


def read_money(text: str, currency: str = "", decimal: str = "") -> tuple[int, str]:
    """An amount in the smallest unit of its currency, and the code of that.

    Args:
        text: `1,234.50`, `EUR 12`, `12,50 €`, `-3`, `(3.00)`.
        currency: its code, where another cell tells it.
        decimal: `.` or `,`; without it the text itself has to tell, and one that could mean two amounts is refused.

    Raises:
        AmountError: there is no amount, no currency, or more places than the currency has.
    """
    bare = _SPACES.sub("", text)
    is_negative = bare.startswith(("-", "\u2212")) or (bare.startswith("(") and bare.endswith(")"))
    bare = bare.strip("()").lstrip("+-\u2212")
    found = _WRITTEN.fullmatch(bare)
    if found is None and bare[-1:] == "-":
        is_negative, found = True, _WRITTEN.fullmatch(bare[:-1])
    if found is None:
        raise AmountError("is no amount of money")
    code = _one_currency(found["before"] or found["after"], currency)
    places = minor_places(code)
    if places is None:
        raise AmountError(f"is in {code}, which is no currency of ISO 4217")
    whole, fraction = _parts(found["number"], decimal)
    fraction = fraction.rstrip("0")
    if len(fraction) > places:
        raise AmountError(f"has more places than {code}, which has {places or 'none'}")
    minor = int(f"{whole}{fraction.ljust(places, '0')}"[:40])
    if minor > MOST:
        raise AmountError("is larger than any order")
    return (-minor if is_negative else minor), code


def money_text(minor: int, currency: str) -> str:
    """`1234.50 EUR` for 123450 of it."""
    places = minor_places(currency) or 0
    whole, fraction = divmod(abs(minor), 10**places)
    told = f"{whole}.{fraction:0{places}d}" if places else str(whole)
    return f"{'-' if minor < 0 else ''}{told} {currency}".rstrip()


def _one_currency(told: str, currency: str) -> str:
    if not told or (told in SHARED and currency):
        if not currency:
            raise AmountError('names no currency; map it, or say currency = "=EUR" for all')
        return currency
    if told in SHARED:
        raise AmountError(
            f'has {told}, the sign of several currencies; map it, or say currency = "=USD" for all'
        )
    code = currency_code(told)
    if currency and code != currency:
        raise AmountError(f"is in {code}, and the currency is said to be {currency}")
    return code


def _parts(number: str, decimal: str) -> tuple[str, str]:
    """The digits before and after the decimal sign."""
    if decimal:
        whole, _, fraction = number.partition(decimal)
        grouping = set(whole) - set("0123456789")
        if (not fraction.isdigit() and fraction) or (grouping and not _GROUPED.fullmatch(whole)):
            raise AmountError(f"is no amount with {decimal!r} before its places")
        return _digits(whole), fraction
    signs = [char for char in number if not char.isdigit()]
    if not signs:
        return number, ""
    last = signs[-1]
    whole, _, fraction = number.rpartition(last)
    if len(set(signs)) > 1:  # 1,234.50
        if last in whole or not _GROUPED.fullmatch(whole):
            raise AmountError("is no amount of money")
        return _digits(whole), fraction
    if len(signs) > 1 or last == "'":  # 1,234,500
        if not _GROUPED.fullmatch(number):
            raise AmountError("is no amount of money")
        return _digits(number), ""
    if len(fraction) == 3 and whole.lstrip("0"):
        raise AmountError(
            f'may mean {whole}.{fraction} or {whole}{fraction}; say decimal = "." or "," in [file] of the map'
        )
    return whole or "0", fraction


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text)) or "0"
