"""Links in what strangers wrote: found as they stand, shown whole, and what is odd about them said in words.

Law: what is opened is letter for letter what was shown; nothing but http and https is ever offered to be opened.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit

LONGEST: Final = 2_000
"""Characters of a link that is still offered; longer ones are data, not addresses."""
_LINK = re.compile(r"(?:https?://|www\.)[^\s<>\"'`\x00-\x1f\x7f-\x9f{}|\\^]+", re.IGNORECASE)
_AFTER: Final = ".,;:!?)]}>*_"
_PAIRS: Final = {")": "(", "]": "["}
_USUAL: Final = frozenset({80, 443, None})


@dataclass(frozen=True, slots=True)
class Link:
    """One link; `odd` says what to look at before it is opened, in words."""

    url: str
    host: str
    odd: tuple[str, ...]


def links_in(text: str) -> list[Link]:
    """Every link of a text once, in its order."""
    found: dict[str, Link] = {}
    for match in _LINK.finditer(text):
        url = _trimmed(match.group())
        if len(url) > LONGEST or url in found:
            continue
        whole = url if "://" in url else f"http://{url}"
        if (link := _link(whole)) is not None:
            found.setdefault(whole, link)
    return list(found.values())


def links_of(texts: Iterable[str]) -> list[Link]:
    """Every link of several texts once."""
    return list({one.url: one for text in texts for one in links_in(text)}.values())


def _link(url: str) -> Link | None:
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return None
    if not host:
        return None
    return Link(url, host, tuple(_odd(parts.scheme.lower(), parts.netloc, host, port)))


def _odd(scheme: str, netloc: str, host: str, port: int | None) -> Iterable[str]:
    if "@" in netloc:
        yield f"what stands before the @ is no address: it leads to {host}"
    if not host.isascii():
        yield (
            "letters of other alphabets in the host"
            if _is_mixed(host)
            else "letters that are not English in the host"
        )
    if any(label.startswith("xn--") for label in host.split(".")):
        yield f"written in punycode: it reads {_decoded(host)}"
    if _is_number(host):
        yield "a number in place of a name"
    if port not in _USUAL:
        yield f"an unusual port: {port}"
    if scheme == "http":
        yield "not encrypted"


def _trimmed(url: str) -> str:
    """Without the marks of the sentence it stands in; a bracket stays if it was opened inside."""
    while url and url[-1] in _AFTER:
        opened = _PAIRS.get(url[-1])
        if opened and url.count(opened) >= url.count(url[-1]):
            break
        url = url[:-1]
    return url


def _is_mixed(host: str) -> bool:
    scripts = {unicodedata.name(sign, "?").split()[0] for sign in host if sign.isalpha()}
    return len(scripts) > 1


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return host.isdigit() or host.lower().startswith("0x")
    return True


def _decoded(host: str) -> str:
    try:
        return host.encode("ascii").decode("idna")
    except UnicodeError:
        return "what cannot be read"
