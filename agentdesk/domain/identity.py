"""One spelling for each address, number and name, so that equal people meet.

Laws: every `normalise_*` is idempotent and never raises on text; what it returns holds no line break.
An address is what email-validator accepts, with reserved domains (`.test`, `.invalid`) allowed: a help desk
receives them. Answers depend on the text alone: no network is asked.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from agentdesk.domain import safe_text

EMAIL_MAX_LENGTH: Final = 254  # RFC 5321 4.5.3.1.3, as corrected by RFC 3696 erratum 1690
PHONE_MAX_DIGITS: Final = 17  # E.164 ends at 15; some national plans write up to two more in front
PHONE_MIN_DIGITS: Final = 3
TAIL_DIGITS: Final = 7
_CACHE: Final = 1 << 16

# A subset of what email-validator accepts. Labels like `xn--` and `ab--` are left to it, as is everything
# outside lower-case ASCII.
_ATOM: Final = r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL: Final = r"(?!..--)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_LAST_LABEL: Final = r"(?!..--)(?:[a-z0-9][a-z0-9-]{0,61})?[a-z]"
_PLAIN_EMAIL: Final = re.compile(rf"{_ATOM}(?:\.{_ATOM})*@(?:{_LABEL}\.)+{_LAST_LABEL}")
_RESERVED_DOMAIN: Final = re.compile(r"(?:[@.])(?:arpa|invalid|local|localhost|onion|test)\Z", re.IGNORECASE)

_EXTENSION: Final = re.compile(r"(?:;\s*ext=|\bext(?:ension|n)?[.:]?|[x#,;])\s*\d{1,7}\s*\Z", re.IGNORECASE)
_DIALLED: Final = re.compile(r"[\d\s+()./*#\u2010-\u2015-]*")
_PLAIN_INTERNATIONAL: Final = re.compile(r"\+([1-9]\d{4,14})")
_PHONE_MARKS: Final = str.maketrans("", "", " ()-./\u00a0")


def normalise_email(text: str) -> str | None:
    """Return the one spelling of an e-mail address, or None where it is not one.

    Args:
        text: One address without a display name; spaces around it do not count, a line break inside or
            around it does: it would start a new header line.

    Returns:
        The address in lower case and NFC with the domain in Unicode (`BÜCHER.de` and `xn--bcher-kva.de`
        are both `bücher.de`). Lower case instead of full case folding keeps `ß`, which is a letter of its
        own in a mailbox and in a domain (IDNA 2008).
    """
    if text.isascii():
        plain = text.strip(" \t").lower()
        if len(plain) <= EMAIL_MAX_LENGTH and _PLAIN_EMAIL.fullmatch(plain):
            return plain
    return _examine_email(text)[0]


def email_fault(text: str) -> str:
    """Return why `normalise_email` refuses a text, as one sentence; empty where it does not."""
    return "" if normalise_email(text) else _examine_email(text)[1]


@lru_cache(_CACHE)
def _examine_email(text: str) -> tuple[str | None, str]:
    """Return the address and no fault, or None and the fault."""
    if "\r" in text or "\n" in text:
        return None, "An e-mail address cannot hold a line break."
    trimmed = text.strip()
    if not trimmed:
        return None, "The e-mail address is empty."
    # Checked before anything is normalised: that may take time quadratic in the length.
    if len(trimmed) > EMAIL_MAX_LENGTH:
        return None, f"The e-mail address is longer than {EMAIL_MAX_LENGTH} characters."
    try:
        found = _fold(_validate(trimmed))
        # Lower case can be longer than upper case, so the result has to stand on its own.
        settled = _fold(_validate(found)) == found
    except ValueError as error:  # email-validator's refusals and its Unicode errors alike
        return None, safe_text.line(error) or "This is not an e-mail address."
    return (found, "") if settled else (None, "The e-mail address has no stable spelling.")


def _fold(address: str) -> str:
    return unicodedata.normalize("NFC", address.lower())


def _validate(address: str) -> str:
    """Return the address as email-validator spells it.

    A reserved domain is checked under a neighbour's name of the same length, as the library's list of them
    can only be changed for the whole process.

    Raises:
        ValueError: with the library's reason.
    """
    from email_validator import validate_email  # noqa: PLC0415  40 ms, and plain addresses never need it

    if not _RESERVED_DOMAIN.search(address):
        return validate_email(address, check_deliverability=False).normalized
    neighbour = validate_email(f"{address[:-1]}q", check_deliverability=False).normalized
    return f"{neighbour[:-1]}{address[-1]}"


@lru_cache(_CACHE)
def normalise_phone(text: str, region: str | None = None) -> str | None:
    """Return the one spelling of a phone number, or None where it is not one.

    Args:
        text: A number as people write it; `00` in front means `+`. An extension is not part of E.164 and is
            dropped: behind a switchboard, an equal number does not prove an equal person.
        region: ISO 3166 code of the country whose national numbers are meant, such as `DE`.

    Returns:
        E.164 (`+4930123456`) where the number is international or the region makes it so. A national number
        without a usable region is its bare digits (`030123456`), so that equal local numbers meet; it never
        equals an E.164 spelling. None where it has other than 3 to 17 digits, holds words, or starts
        with `+` and no country has such numbers.
    """
    if "\r" in text or "\n" in text:
        return None
    number = _plain_digits(text).strip()
    is_marked = number.startswith("+")
    if number.startswith("00"):
        number = f"+{number[2:]}"
    spelled = _plain_e164(number) or _parse_phone(number, region.upper() if region else None)
    if spelled or is_marked:
        return spelled
    digits = _national_digits(_plain_digits(text))
    # Bare of its marks a number may be readable after all, and equal digits must not have two spellings.
    return digits if digits is None or digits == text else normalise_phone(digits, region)


def phone_tail(text: str, digits: int = TAIL_DIGITS) -> str:
    """Return the last digits of a number for a lookup across spellings; fewer where it is shorter."""
    number = _EXTENSION.sub("", _plain_digits(text))
    return "".join(filter(str.isdecimal, number))[-digits:]


def _plain_digits(text: str) -> str:
    """Return text with the digits of every script in ASCII and without format marks such as U+202A."""
    if text.isascii():
        return text.removeprefix("tel:")
    kept = (char for char in text if unicodedata.category(char) not in ("Cf", "Cs"))
    ascii_digits = (str(unicodedata.decimal(char)) if char.isdecimal() else char for char in kept)
    return "".join(ascii_digits).replace("＋", "+").removeprefix("tel:")  # noqa: RUF001  full width


def _national_digits(number: str) -> str | None:
    number = _EXTENSION.sub("", number)
    if not _DIALLED.fullmatch(number):
        return None
    digits = "".join(filter(str.isdecimal, number))
    return digits if PHONE_MIN_DIGITS <= len(digits) <= PHONE_MAX_DIGITS else None


def _parse_phone(number: str, region: str | None) -> str | None:
    """Return E.164 by phonenumbers, until it does not change any more; None where it is not possible."""
    if region is None and "+" not in number:
        return None  # it could only be refused, and slowly
    import phonenumbers as lib  # noqa: PLC0415  25 ms, and a start without numbers never needs it

    for _ in range(4):
        try:
            parsed = lib.parse(number, region)
        except lib.NumberParseException:
            return None
        if lib.is_possible_number_with_reason(parsed) != lib.ValidationResult.IS_POSSIBLE:
            return None
        spelled = lib.format_number(parsed, lib.PhoneNumberFormat.E164)
        if number == spelled or _plain_e164(spelled) == spelled:
            return spelled
        number = spelled
    return None


def _plain_e164(number: str) -> str | None:
    """Return what `_parse_phone` would, ten times faster, for the common case; None where it must be asked."""
    found = _PLAIN_INTERNATIONAL.fullmatch(number.translate(_PHONE_MARKS))
    if found is None:
        return None
    digits = found[1]
    country = _find_country(digits[:3])
    if country is None:
        return None
    length, lengths, is_trunk = country
    rest = digits[length:]
    return f"+{digits}" if len(rest) in lengths and not is_trunk.match(rest) else None


@lru_cache(1024)
def _find_country(digits: str) -> tuple[int, frozenset[int], re.Pattern[str]] | None:
    """Return how many of the first three digits are the calling code, and its numbering plan."""
    for length in (1, 2, 3):
        if plan := _numbering_plan(digits[:length]):
            return length, *plan
    return None


def _numbering_plan(calling_code: str) -> tuple[frozenset[int], re.Pattern[str]] | None:
    """Return the lengths of a country's numbers and the pattern of its trunk prefixes; None for no country."""
    import phonenumbers as lib  # noqa: PLC0415  as above

    region = lib.region_code_for_country_code(int(calling_code))
    if region == "ZZ":
        return None
    plan = lib.PhoneMetadata.metadata_for_region_or_calling_code(int(calling_code), region)
    if plan is None or plan.general_desc is None:
        return None
    lengths = frozenset(plan.general_desc.possible_length)
    return lengths, re.compile(plan.national_prefix_for_parsing or r"(?!)")


def normalise_name(text: str) -> str:
    """Return a name in NFC with every run of white space, line breaks too, as one space."""
    return " ".join(unicodedata.normalize("NFC", text.translate(_STORABLE)).split())


def name_key(text: str) -> str:
    """Return what two spellings of one name share: without case, width, and characters nobody sees."""
    if text.isascii() and text.isprintable():
        return " ".join(text.casefold().split())
    visible = text if text.isprintable() else "".join(filter(_is_visible, text))
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", visible).casefold())
    return " ".join(folded.split())


def _is_visible(char: str) -> bool:
    return char.isspace() or unicodedata.category(char) not in ("Cf", "Cs", "Cc")


_STORABLE: Final = dict.fromkeys(range(0xD800, 0xE000), safe_text.REPLACEMENT)
