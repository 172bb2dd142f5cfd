"""The HTML of a mail as text to read: what a reader would see, links with where they go, quotes with their marks.

Nothing is fetched, nothing runs. Scripts, styles, data: pictures and what is hidden are left out; the walk keeps a
stack of its own, so that no nesting is too deep.
"""

import re
from collections.abc import Iterator
from html import unescape
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

MAX_HTML: Final = 5_000_000
"""Characters that are read, data: addresses not counted."""

_DATA: Final = re.compile(r"data:[^\"'\s>)]{16,}", re.IGNORECASE)
_HIDDEN: Final = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|font-size\s*:\s*0(?:px|pt|em|%)?\s*(?:;|!|$)"
    r"|opacity\s*:\s*0(?:\.0+)?\s*(?:;|!|$)|max-height\s*:\s*0(?:px)?\s*(?:;|!|$))",
    re.IGNORECASE,
)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_UNSEEN: Final = _words(
    "head script style title meta link template svg math object embed iframe noscript select "
    "textarea audio video canvas form-data base applet map"
)
_BLOCKS: Final = _words(
    "address article aside body center dd details div dl dt fieldset figure footer form header "
    "hr html li main nav ol section summary table tbody tfoot thead tr ul caption figcaption"
)
_PARAGRAPHS: Final = frozenset(["p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre"])
_SPACES: Final = re.compile(r"[ \t\r\n\f]+")
_TAG: Final = re.compile(r"<(/?)([a-z][a-z0-9:]*)", re.IGNORECASE)
_ALONE: Final = _words(
    "area base br col dd dt embed hr img input li link meta option p param source tbody td tfoot "
    "th thead tr wbr o:p html body head"
)
"""Tags that need not be closed, and so tell nothing of the depth."""
_MAX_DEPTH: Final = 500
"""The parser takes time by the depth for each tag; a page that is deeper is read without its layout."""
_MARKUP: Final = re.compile(
    r"<(?:style|script)\b[^>]*>.*?</(?:style|script)\s*>|<!--.*?-->|<[^<>]*>", re.IGNORECASE | re.DOTALL
)
_LINK: Final = re.compile(r"(?:https?|ftp|mailto|tel):", re.IGNORECASE)
_MAX_LINK: Final = 500


def html_to_text(html: str) -> tuple[str, bool]:
    """Text of a page, and whether all of it was read.

    Args:
        html: a whole page or a piece of one, however broken.
    """
    plain = _DATA.sub("", html)
    is_whole = len(plain) <= MAX_HTML
    plain = plain[:MAX_HTML]
    if _is_too_deep(plain):
        return _strip(plain), False
    page = LexborHTMLParser(plain)
    writer = _Writer()
    if page.root is not None:
        for node, is_leaving in _walk(page.root):
            if is_leaving:
                writer.leave(node)
            else:
                writer.enter(node)
    return writer.text(), is_whole


def _is_too_deep(html: str) -> bool:
    depth = 0
    for found in _TAG.finditer(html):
        if found[2].lower() not in _ALONE:
            depth = max(0, depth - 1) if found[1] else depth + 1
            if depth > _MAX_DEPTH:
                return True
    return False


def _strip(html: str) -> str:
    """What is left where every tag is taken out."""
    lines = (_SPACES.sub(" ", line).strip() for line in unescape(_MARKUP.sub("\n", html)).split("\n"))
    return "\n".join(filter(None, lines))


def _walk(root: LexborNode) -> Iterator[tuple[LexborNode, bool]]:
    """Every node that is seen, when it begins and when it ends, in the order of the page."""
    node: LexborNode | None = root
    open_nodes: list[LexborNode] = []
    while node is not None:
        child = None
        if node.tag == "-text" or not _is_unseen(node):
            yield node, False
            child = node.child
            if child is not None:
                open_nodes.append(node)
                node = child
                continue
            yield node, True
        while node is not None and node.next is None:
            if not open_nodes:
                return
            node = open_nodes.pop()
            yield node, True
        node = node.next if node is not None else None


def _is_unseen(node: LexborNode) -> bool:
    tag = str(node.tag)
    if tag in _UNSEEN or tag.startswith(("-comment", "!", "-doctype", "_comment")):
        return True
    found = node.attributes
    return "hidden" in found or bool(_HIDDEN.search(found.get("style") or ""))


class _Writer:
    """Lines put together from nodes."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._line: list[str] = []
        self._quotes = 0
        self._mark = ""
        """Of the last line."""
        self._pre = 0
        self._gap = 0
        """Blank lines before the next text."""
        self._links: list[tuple[int, str]] = []

    def enter(self, node: LexborNode) -> None:
        tag = str(node.tag)
        if tag == "-text":
            self._write(node.text_content or "")
        elif tag == "br":
            self._break()
        elif tag in _PARAGRAPHS or tag in _BLOCKS:
            self._block(1 if tag in _PARAGRAPHS else 0)
            self._quotes += tag == "blockquote"
            self._pre += tag == "pre"
            if tag == "li":
                self._line.append("- ")
            elif tag == "hr":
                self._line.append("-" * 20)
                self._block(0)
        elif tag in ("td", "th") and "".join(self._line).strip():
            self._line.append("  ")
        elif tag == "img":
            self._write(f"[{alt}]" if (alt := (node.attributes.get("alt") or "").strip()) else "")
        elif tag == "a":
            self._links.append((sum(map(len, self._line)), (node.attributes.get("href") or "").strip()))

    def leave(self, node: LexborNode) -> None:
        tag = str(node.tag)
        if tag in _PARAGRAPHS or tag in _BLOCKS:
            self._block(1 if tag in _PARAGRAPHS else 0)
            self._quotes -= tag == "blockquote"
            self._pre -= tag == "pre"
        elif tag == "a" and self._links:
            self._tell_link(*self._links.pop())

    def text(self) -> str:
        self._block(0)
        return "\n".join(self._lines).strip("\n")

    def _tell_link(self, start: int, target: str) -> None:
        """Where a link goes, unless its text says so itself."""
        said = "".join(self._line)[start:].strip()
        bare = re.sub(r"^mailto:|^tel:|^https?://|/$", "", target, flags=re.IGNORECASE)
        if _LINK.match(target) and bare.casefold() not in said.casefold():
            self._line.append(f"{' ' if said else ''}<{_SPACES.sub('%20', target[:_MAX_LINK])}>")

    def _write(self, text: str) -> None:
        if self._pre:
            first, *more = text.split("\n")
            self._line.append(first)
            for line in more:
                self._break()
                self._line.append(line)
            return
        plain = _SPACES.sub(" ", text)
        if plain.startswith(" ") and (not self._line or self._line[-1].endswith(" ")):
            plain = plain[1:]
        if plain:
            self._line.append(plain)

    def _break(self) -> None:
        self._end_line(is_kept=True)

    def _block(self, gap: int) -> None:
        if "".join(self._line).strip():
            self._end_line(is_kept=False)
        self._line.clear()
        self._gap = max(self._gap, gap)

    def _end_line(self, *, is_kept: bool) -> None:
        text = "".join(self._line).replace("\xa0", " ").rstrip()
        text = text if self._pre else text.lstrip()
        self._line.clear()
        mark = "> " * min(self._quotes, 20)
        if text or is_kept:
            if text and self._gap and self._lines and self._lines[-1].strip("> "):
                self._lines.append(min(mark, self._mark, key=len).rstrip())
            self._gap = 0 if text else self._gap
            if text or not self._lines or self._lines[-1].strip("> "):
                self._lines.append(f"{mark}{text}".rstrip())
                self._mark = mark
