"""Which encoding fits bytes that are not UTF-8: a suggestion to a person, with how well it fits.

Of Latin scripts a line fits where its letters are those of one language; of East Asia the codecs are tried strictly, and what
they read is weighed by how common its characters are there; other alphabets are told by how their letters follow each other,
and of the rest charset-normalizer knows the letters of a language.
"""

import codecs
import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from agentdesk.transfer.readers.encoding_scripts import SCRIPTS, script_fit

SAMPLE: Final = 65536
_DOUBTFUL: Final = 0.7
_NEAR: Final = 0.05
"""How much better than another a guess has to fit; three times as much where there are few bytes to go by."""
_FEW: Final = 60


class Guess(NamedTuple):
    """A suggestion.

    Attributes:
        name: a Python codec; empty when nothing fits.
        fit: 0 to 1, how much of it is what such a text is made of.
        rivals: codecs that fit nearly as well, and read something else.
    """

    name: str = ""
    fit: float = 0.0
    rivals: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """How well it fits."""
        return "well" if self.fit >= 0.85 else "fairly well" if self.fit >= _DOUBTFUL else "poorly"

    @property
    def is_doubtful(self) -> bool:
        """Whether a person has to choose."""
        return bool(self.rivals) or self.fit < _DOUBTFUL


_FAMILIES: Final = (
    # The codecs of a family read more and more; the first that reads all is taken.
    ("ja", ("cp932", "shift_jisx0213")),
    ("ja", ("euc_jp", "euc_jisx0213")),
    ("zh", ("gb18030",)),
    ("tw", ("big5", "cp950", "big5hkscs")),
    ("ko", ("euc_kr", "cp949")),
    ("ko", ("johab",)),
)
_COMMON: Final = {
    "ja": ("shift_jis", 0x88, 0x97),
    "zh": ("gb2312", 0xB0, 0xD7),
    "tw": ("big5", 0xA4, 0xC6),
    "ko": ("euc_kr", 0xB0, 0xC8),
}
"""Where the characters that are learnt at school stand: a codec, and the first bytes of them in it."""
_SURE: Final = 0.6
"""Fit below which East Asian text is none."""
_SCRIPT_SURE: Final = 0.95
"""Fit from which a text is taken for one of another alphabet."""
_SPOKEN: Final = 0.3
"""Coherence at which charset-normalizer has recognised a language."""
_CHEAP: Final = 4096
"""Characters that are weighed."""

_OTHER_SCRIPTS: Final = ("cp1251", "koi8_r", "cp1253", "cp1255", "cp1256", "cp874")
_CENTRAL: Final = "áčďéěíňóřšťúůýž áäčďéíĺľňóôŕšťúýž ąćęłńóśźż áéíóöőúüű ăâîşţ čćđšž äöüß"
_LATIN: Final = {
    "cp1252": "äöüß äöõü åäö æøå áéíóúýþæðö éèêëàâçîïôœûùü áéíóúñü áàâãçéêíóôõúü àèéìíòóùú àçèéíïòóúü ëïéèöüáóê",
    "cp1250": _CENTRAL,
    "iso8859_2": _CENTRAL,
    "cp1254": "çğıöşüâîû\u0307",
    "cp1257": "āčēģīķļņšūž ąčęėįšųūž äõöüšž",
}
"""The letters beyond the plain ones of the languages that a code page is for, the likeliest code page first."""
_MARKS: Final = frozenset("€‚„…‘’“”•–—™©®°«»·´\xa0¡¿ªº")  # noqa: RUF001  the very marks
_LATIN_SURE: Final = 0.8
# A word without one plain letter is hardly written in Latin script.
_WHOLE_WORD: Final = re.compile(rb"(?<![A-Za-z\x80-\xff])[\x80-\xff]{3,}(?![A-Za-z\x80-\xff])")
_PLAIN: Final = re.compile(rb"[A-Za-z]")
_HIGH: Final = re.compile(rb"[\x80-\xff]")
_SHIFTED: Final = (
    ("iso2022_kr", re.compile(rb"\x1b\$\)C")),
    ("iso2022_jp", re.compile(rb"\x1b\$[@B]")),
    ("iso2022_jp_2", re.compile(rb"\x1b(?:\$\(D|\$A|\$\(C|\.[AF])")),
    ("hz", re.compile(rb"~\{(?:[\x21-\x77][\x21-\x7e])+~\}")),
)


def find_shifted(head: bytes) -> str:
    """Name the encoding of seven bits that bytes change their alphabet with, though they are ASCII; empty for none."""
    for name, sign in _SHIFTED:
        if sign.search(head) and _reads(head, name) is not None:
            return name
    return ""


def guess(sample: bytes) -> Guess:
    """Name the encoding that fits best.

    Args:
        sample: lines that are not UTF-8.
    """
    sample = sample[:SAMPLE]
    if latin := _latin(sample):
        return latin
    near = _NEAR if len(_HIGH.findall(sample)) > _FEW else 3 * _NEAR
    eastern = _ranked([_eastern(sample, *family) for family in _FAMILIES], near)
    has_words = _WHOLE_WORD.search(sample) is not None
    if has_words and (other := _of_script(sample)).fit >= max(_SCRIPT_SURE, eastern.fit + near):
        return other
    if eastern.fit >= _SURE:
        return eastern
    tried = _OTHER_SCRIPTS if has_words else tuple(_LATIN)
    return _by_letters(sample, tried, near) or Guess(
        next((name for name in tried if _reads(sample, name) is not None), "")
    )


def _ranked(guesses: Sequence[Guess], near: float) -> Guess:
    """The best one, with those that come near it."""
    best, *others = sorted(guesses, key=lambda one: -one.fit)
    return best._replace(rivals=tuple(one.name for one in others if one.name and one.fit > best.fit - near))


def _of_script(sample: bytes) -> Guess:
    """The code page of another alphabet that fits best; those that read the same are one."""
    readings: dict[str, Guess] = {}
    for name, script in SCRIPTS.items():
        text = _reads(sample[:_CHEAP], name)
        if text is not None:
            readings.setdefault(text, Guess(name, script_fit(text, script)))
    return _ranked(list(readings.values()), _NEAR) if readings else Guess()


def _by_letters(sample: bytes, names: Sequence[str], near: float) -> Guess | None:
    from charset_normalizer import from_bytes  # noqa: PLC0415  slow to load and only a refusal needs it

    found = [
        Guess(one.encoding, (1 - one.chaos) * (1.0 if one.coherence >= _SPOKEN else 0.8) + one.coherence / 10)
        for one in from_bytes(sample, cp_isolation=list(names))
    ]
    return _ranked(found, near) if found else None


def _eastern(sample: bytes, language: str, names: tuple[str, ...]) -> Guess:
    for name in names:
        text = _reads(sample, name)
        if text is not None:
            weighed = [char for char in text if char > "\x7f"][:_CHEAP]
            return Guess(name, sum(_weight(char, language) for char in weighed) / max(len(weighed), 1))
    return Guess()


def _weight(char: str, language: str) -> float:
    """How much a character speaks for a language, from 0 to 1."""
    if "\u3000" <= char <= "\u303f" or "\uff01" <= char <= "\uff5e":
        return 1.0  # punctuation and wide letters, of all of them
    if "\u3040" <= char <= "\u30ff":
        return 1.0 if language == "ja" else 0.2
    if "\uac00" <= char <= "\ud7a3":
        return (1.0 if _is_common(char, "ko") else 0.7) if language == "ko" else 0.0
    if "\u4e00" <= char <= "\u9fff":
        return 0.9 if language != "ko" and _is_common(char, language) else 0.3
    return 0.5 if char in "·‥…“”‘’○×÷" else 0.1  # noqa: RUF001  the very marks


def _is_common(char: str, language: str) -> bool:
    codec, first, last = _COMMON[language]
    try:
        return first <= char.encode(codec)[0] <= last
    except UnicodeEncodeError:
        return False


def _reads(data: bytes, name: str) -> str | None:
    """The text of bytes whose last character may be cut."""
    try:
        return codecs.getincrementaldecoder(name)().decode(data)
    except UnicodeDecodeError:
        return None


def _latin(sample: bytes) -> Guess | None:
    """The code page whose languages the most lines fit, where most letters are plain ones."""
    lines = [line for line in sample.splitlines() if not line.isascii()]
    plain = sum(len(_PLAIN.findall(line)) for line in lines)
    if not lines or plain < sum(len(_HIGH.findall(line)) for line in lines):
        return None
    found = [Guess(name, _share(lines, name, letters.split())) for name, letters in _LATIN.items()]
    best = max(found, key=lambda one: one.fit)
    if best.fit < _LATIN_SURE:
        return None
    readings: dict[str, str] = {}  # by what they read: the likeliest of those that read the same
    for one in found:
        if one.fit == best.fit:
            readings.setdefault(sample.decode(one.name, "replace"), one.name)
    return best._replace(rivals=tuple(name for name in readings.values() if name != best.name))


def _share(lines: Sequence[bytes], name: str, alphabets: Sequence[str]) -> float:
    """The share of lines that read as words of one language."""
    known = [frozenset(letters) | _MARKS for letters in alphabets]
    texts = [_reads(line, name) for line in lines]
    fitting = [
        text is not None
        and any({char for char in text.lower() if char > "\x7f"} <= letters for letters in known)
        for text in texts
    ]
    return sum(fitting) / len(lines)
