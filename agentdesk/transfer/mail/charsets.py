"""Bytes of a mail as text: by the alphabet it names where that is one of ours, else UTF-8, else Windows' Latin one.

Only alphabets of this list are ever asked: Python knows codecs that unpack, compress or rewrite text (safety, M13, M14).
Law: nothing is lost. What the ladder ends with gives back the bytes it was given.
"""

import re
from typing import Final, NamedTuple

_UNICODE: Final = ("utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32")
_SINGLE: Final = (
    *(f"iso8859-{number}" for number in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)),
    *(f"cp{number}" for number in (437, 850, 852, 855, 858, 862, 864, 866, 874, *range(1250, 1259))),
    *("koi8-r", "koi8-u", "kz1048", "ptcp154", "mac-roman", "mac-cyrillic", "mac-latin2", "hp-roman8"),
)
_ASIAN: Final = (
    *(
        "gb18030",
        "hz",
        "big5hkscs",
        "cp950",
        "cp932",
        "shift_jis",
        "shift_jis_2004",
        "euc_jp",
        "euc_jis_2004",
    ),
    *("iso2022_jp", "iso2022_jp_1", "iso2022_jp_2", "iso2022_jp_3", "iso2022_jp_ext", "iso2022_kr"),
    *("euc_kr", "cp949", "johab"),
)
_SAME: Final = {
    **dict.fromkeys(("unicode-1-1-utf-8", "utf8mb4", "x-unicode-2-0-utf-8"), "utf-8"),
    **dict.fromkeys(("us-ascii", "ascii", "iso-8859-1", "latin-1", "l1", "ansi_x3.4-1968"), "cp1252"),
    **dict.fromkeys(("windows-latin1", "x-ansi", "ansi", "ibm819", "iso-ir-100", "x-cp1252"), "cp1252"),
    **dict.fromkeys(("gb2312", "gbk", "cp936", "x-gbk", "gb_2312-80", "ms936", "hz-gb2312x"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs", "x-x-big5", "cn-big5"), "big5hkscs"),
    **dict.fromkeys(("shift-jis", "sjis", "x-sjis", "ms_kanji", "windows-31j", "ms932"), "cp932"),
    **dict.fromkeys(("ks_c_5601-1987", "ks_c_5601", "ksc5601", "euc-kr", "windows-949", "uhc"), "cp949"),
    **dict.fromkeys(("iso-8859-8-i", "iso-8859-8-e", "visual"), "iso8859-8"),
    **dict.fromkeys(("iso-8859-11", "tis-620", "windows-874"), "cp874"),
    **dict.fromkeys(("iso-8859-9", "latin5"), "cp1254"),
    **dict.fromkeys(("macintosh", "mac", "x-mac-roman", "macroman"), "mac-roman"),
    "hz-gb-2312": "hz",
    "iso-10646-ucs-2": "utf-16-be",
    "ucs-2": "utf-16-be",
    "dos-866": "cp866",
}
"""Names that mails use for an alphabet; a wider one that holds it is taken where mail programs write the wider one."""
_NAMELESS: Final = frozenset(
    {"", "unknown-8bit", "x-unknown", "unknown", "8bit", "7bit", "binary", "default", "none"}
)
"""Names that say nothing."""


_SURROGATE: Final = re.compile(r"[\ud800-\udfff]")
_WHOLE: Final = 50
"""One byte in so many may be broken."""


def _bare(name: str) -> str:
    return re.sub(r"[-_. ]", "", name.lower())


_CODECS: Final = {
    **{_bare(name): name for name in (*_UNICODE, *_SINGLE, *_ASIAN)},
    **{_bare(name).replace("iso8859", "iso8859"): name for name in _SINGLE},
    **{_bare(name).replace("cp125", "windows125"): name for name in _SINGLE if name.startswith("cp125")},
    **{_bare(name).replace("cp", "ibm"): name for name in _SINGLE if name.startswith("cp")},
    **{_bare(said): name for said, name in _SAME.items()},
}


class Decoded(NamedTuple):
    """Text, and what is to be said of how it was read.

    Attributes:
        text: without NUL and lone surrogates.
        fault: `named utf-7, read as utf-8`; empty where the mail was right.
    """

    text: str
    fault: str


def codec_of(charset: str) -> str | None:
    """The codec that reads an alphabet; None where it is none of the list."""
    return _CODECS.get(_bare(charset[:60].partition("*")[0].strip(" '\"")))


def decode(data: bytes, charset: str = "") -> Decoded:
    """Bytes as text.

    Args:
        data: the bytes.
        charset: the alphabet as the mail names it; empty where it names none.
    """
    named = charset.strip(" '\"").lower()
    codec = codec_of(named)
    if data.isascii() and (codec is None or codec in ("utf-8", "cp1252")) and _is_plain(named, codec):
        return _storable(data.decode("ascii"), "")
    tried = [codec] if codec else []
    for name in (*tried, "utf-8"):
        text = _try(data, name)
        if text is not None:
            return _storable(text, "" if name == codec else _told(named, name))
    damaged = _damaged(data, codec or "utf-8")
    if damaged is not None:
        return _storable(damaged, f"{_told(named, codec or 'utf-8')} but for broken bytes, shown as \\x")
    return _storable(windows(data), "" if codec == "cp1252" else _told(named, "cp1252"))


def windows(data: bytes) -> str:
    """Bytes as Windows' Latin alphabet; the five it does not have stay controls, so that nothing is lost."""
    text = data.decode("cp1252", "surrogateescape")
    return (
        text
        if text.isascii()
        else "".join(chr(ord(sign) - 0xDC00) if 0xDC80 <= ord(sign) <= 0xDCFF else sign for sign in text)
    )


def _is_plain(named: str, codec: str | None) -> bool:
    return codec is not None or named in _NAMELESS


def _try(data: bytes, codec: str) -> str | None:
    if codec == "cp1252":
        return None if _is_utf8(data) else windows(data)
    try:
        return data.decode(codec)
    except (UnicodeError, ValueError):
        return None


def _damaged(data: bytes, codec: str) -> str | None:
    """Text with a few broken bytes, each shown; None where they are many, or nothing but they speaks for the codec."""
    if codec == "cp1252":
        return None
    text = data.decode(codec, "backslashreplace")
    broken = text.count("\\x") - data.count(b"\\x")
    return text if not text.isascii() and broken * _WHOLE <= len(data) else None


def _is_utf8(data: bytes) -> bool:
    """UTF-8 under the name of ASCII or Latin-1 is the commonest fault there is, and never by chance."""
    if data.isascii():
        return False
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _told(named: str, codec: str) -> str:
    shown = as_it_came(named[:40].encode("utf-8", "surrogateescape"))
    return f"{f'named {shown}' if named not in _NAMELESS else 'names no alphabet'}, read as {codec}"


def _storable(text: str, fault: str) -> Decoded:
    """Text that every database takes."""
    if "\0" in text:
        fault = "; ".join(filter(None, (fault, f"{text.count(chr(0))} NUL characters replaced")))
    return Decoded(storable(text), fault)


def storable(text: str) -> str:
    """Text without NUL and lone surrogates, which no database takes."""
    if "\0" not in text and (text.isascii() or not _SURROGATE.search(text)):
        return text
    return _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text.replace("\0", "\N{REPLACEMENT CHARACTER}"))


def as_it_came(data: bytes) -> str:
    """Bytes in ASCII, for whoever wants to know what stood there."""
    return "".join(chr(one) if 32 <= one < 127 else f"\\x{one:02x}" for one in data)
