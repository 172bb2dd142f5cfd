"""What may be the language of a customer: a code such as `en` or `pt-BR`, or the name of a language."""

import re
from typing import Final

_TWO_LETTERS: Final = """
    aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es et eu
    fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn
    ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os
    pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt
    tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu iw in ji
"""
_CODES: Final = frozenset(_TWO_LETTERS.split())
"""Codes of two letters, with the old ones of Hebrew, Indonesian and Yiddish that programs still write."""
_FIRST: Final = re.compile(r"[^\W\d_]+")
_SHORT: Final = 2


def is_language(text: str) -> bool:
    """Whether it can be one: its first word is a known code of two letters, or a longer one, which is not looked up."""
    first = _FIRST.match(text.strip())
    if first is None:
        return False
    word = first[0].lower()
    return word in _CODES if len(word) <= _SHORT and word.isascii() else True
