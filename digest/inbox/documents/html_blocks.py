"""Takes an HTML page apart into the blocks a reader sees, in order; it does not judge which matter."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from digest.errors import PageError
from digest.inbox.decoding import decode

MOST_ELEMENTS: Final = 400_000

_UNSEEN: Final = frozenset(
    {
        "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "embed",
        "canvas", "select", "button", "input", "textarea", "form", "head", "audio", "video", "map",
        "dialog", "nav", "footer", "aside", "datalist", "progress", "meter", "applet", "frameset",
        "noframes",
    }
)  # fmt: skip
_INLINE: Final = frozenset(
    {
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em",
        "font", "i", "ins", "kbd", "label", "mark", "q", "rp", "rt", "ruby", "s", "samp", "small",
        "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
    }
)  # fmt: skip
_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|(?:font-size|opacity)\s*:\s*0(?![.\d])", re.IGNORECASE
)
_BESIDE = re.compile(
    r"(?:^|[\s_-])(?:nav|menu|crumbs?|breadcrumbs?|foot|footer|copyright|sidebar|side|related|recommend|comments?|"
    r"share|toolbar|tools|hot|ranking|ads?|advert|banner|subscribe|pager|pagination|login|search|popup|cookie)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_-]{2,20})""", re.IGNORECASE)
_CHARSET_WITHIN: Final = 4096
_CODECS: Final = {
    "utf-8": "utf-8", "utf8": "utf-8", "gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030",
    "big5": "cp950", "big5-hkscs": "big5hkscs", "windows-1252": "cp1252", "iso-8859-1": "cp1252",
}  # fmt: skip
_READY: Final = tuple(
    codecs.lookup(name) for name in sorted(set(_CODECS.values()) | {"utf-8-sig", "utf-16-le", "utf-16-be"})
)
"""Found while files may still be opened."""

_BLANK = re.compile(r"[ \t\n\r\f\v\xa0\u3000]+")
_LEVELS: Final = {f"h{level}": level for level in range(1, 7)}
_LOUD: Final = frozenset({"b", "strong", "big"})
_LOUD_SIZES: Final = frozenset({"4", "5", "6", "7", "+1", "+2", "+3", "+4"})
_CENTRED = re.compile(r"text-align\s*:\s*center", re.IGNORECASE)
_OF_PICTURES = re.compile(
    r"(?:^|[\s_-])(?:caption|captions|tu|pic|picture|img|image|photo|tupian|tushuo|zhushi|picinfo)(?:$|[\s_-])",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Block:
    """A run of text that stands in lines of its own.

    Attributes:
        level: 1 to 6 for headings, else 0.
        linked: How many of its characters are in links.
        classes: Class, id and tag of the element it stands in.
        homes: The elements it stands in, by number, from the outside.
        pictured: Whether it is the text under a picture.
        loud: Whether all of it is set bold or large.
    """

    text: str
    level: int = 0
    linked: int = 0
    classes: str = ""
    homes: tuple[int, ...] = ()
    pictured: bool = False
    loud: bool = False


@dataclass(slots=True)
class HtmlPage:
    """What is seen on a page, and what it says of itself: `title`, and `meta` values by lower-case name."""

    title: str = ""
    meta: dict[str, str] = field(default_factory=dict[str, str])
    blocks: list[Block] = field(default_factory=list[Block])


def read_blocks(content: bytes) -> HtmlPage:
    """The visible blocks of an HTML file, entities decoded.

    Raises:
        PageError: `empty`, `undecodable`, `binary`, `broken` or `too_complex`.
    """
    root = _tree(html_text(content))
    page = HtmlPage()
    for element in root.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        if name and (value := element.get("content")):
            page.meta.setdefault(name.lower(), _BLANK.sub(" ", value).strip())
    page.title = next((_BLANK.sub(" ", "".join(e.itertext())).strip() for e in root.iter("title")), "")
    page.blocks = list(_Walk().blocks(root))
    return page


def html_text(content: bytes) -> str:
    """The file as text: as UTF-8 if it can be, by the encoding it names if that fits, else as any page."""
    named = _CHARSET.search(content[:_CHARSET_WITHIN])
    codec = _CODECS.get(named.group(1).decode("ascii").lower()) if named else None
    if codec and not content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        for attempt in ("utf-8-sig", codec):
            try:
                return content.decode(attempt)
            except UnicodeDecodeError:
                continue
    return decode(content)[0]


def _tree(text: str) -> etree.Element:
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.LxmlError as error:
        raise PageError("broken", "is no HTML that can be read; save it again from a browser") from error
    if root is None:
        raise PageError("empty", "the HTML page is empty")
    return root


class _Walk:
    """One pass over the tree that collects text until a block ends."""

    def __init__(self) -> None:
        self._text: list[str] = []
        self._linked = 0
        self._links = 0
        self._loud = 0
        self._quiet = 0
        self._image = False
        self._hidden = 0
        self._homes: list[tuple[int, str, str]] = []  # number, tag, class and id
        self._count = 0

    def blocks(self, root: etree.Element) -> Iterator[Block]:
        for event, element in etree.iterwalk(root, events=("start", "end")):
            tag = element.tag if isinstance(element.tag, str) else ""
            if event == "start":
                yield from self._start(element, tag)
            else:
                yield from self._end(element, tag)
        yield from self._flush()

    def _start(self, element: etree.Element, tag: str) -> Iterator[Block]:
        self._count += 1
        if self._count > MOST_ELEMENTS:
            raise PageError(
                "too_complex",
                f"the HTML page has more than {MOST_ELEMENTS:,} elements; save the article alone",
            )
        if self._hidden or _is_hidden(element, tag):
            self._hidden += 1
            return
        if tag not in _INLINE:
            yield from self._flush()
            self._homes.append((self._count, tag, _names(element)))
        elif tag == "a":
            self._links += 1
        self._loud += _is_loud(element, tag)
        self._image = self._image or tag == "img"
        self._add(element.text)

    def _end(self, element: etree.Element, tag: str) -> Iterator[Block]:
        if self._hidden:
            self._hidden -= 1
            if not self._hidden:
                if tag not in _INLINE:
                    yield from self._flush()
                self._add(element.tail)
            return
        if tag not in _INLINE:
            yield from self._flush()
            self._homes.pop()
        elif tag == "a":
            self._links -= 1
        self._loud -= _is_loud(element, tag)
        self._add(element.tail)

    def _add(self, text: str | None) -> None:
        if text and not self._hidden:
            self._text.append(text)
            bare = len("".join(text.split()))
            self._linked += bare if self._links else 0
            self._quiet += 0 if self._loud else bare

    def _flush(self) -> Iterator[Block]:
        text = _BLANK.sub(" ", "".join(self._text)).strip()
        linked, loud = self._linked, not self._quiet
        self._text, self._linked, self._quiet = [], 0, 0
        if not text:
            return
        image, self._image = self._image, False
        tags = [tag for _, tag, _ in self._homes]
        level = next((_LEVELS[tag] for tag in reversed(tags) if tag in _LEVELS), 0)
        yield Block(
            text,
            level,
            linked,
            " ".join(part for _, tag, names in self._homes[-2:] for part in (tag, names)),
            tuple(number for number, _, _ in self._homes[:_DEEPEST]),
            pictured="figcaption" in tags or (image and self._under_picture()),
            loud=loud,
        )

    def _under_picture(self) -> bool:
        """Whether the innermost elements centre their text, or are called after pictures."""
        return any(
            tag == "center" or _OF_PICTURES.search(names) or names.endswith(_CENTRED_SIGN)
            for _, tag, names in self._homes[-2:]
        )


_DEEPEST: Final = 40
"""Elements deep; what is nested deeper counts as standing there."""


_CENTRED_SIGN: Final = " |centred"


def _names(element: etree.Element) -> str:
    """Class and id, and whether it centres its text."""
    centred = element.get("align") in {"center", "middle"} or _CENTRED.search(element.get("style") or "")
    return f"{element.get('class') or ''} {element.get('id') or ''}{_CENTRED_SIGN if centred else ''}"


def _is_loud(element: etree.Element, tag: str) -> bool:
    return tag in _LOUD or (tag == "font" and element.get("size") in _LOUD_SIZES)


def _is_hidden(element: etree.Element, tag: str) -> bool:
    if tag in _UNSEEN or element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    style = element.get("style")
    if style and _HIDING.search(style):
        return True
    if tag in {"body", "html", "main", "article"}:
        return False
    return any(_BESIDE.search(names) for name in ("class", "id") if (names := element.get(name)))
