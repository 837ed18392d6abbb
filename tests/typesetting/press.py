"""Sets pages of fictional articles in a house style and knows what a perfect extraction finds on them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any, Final

from digest.model import Kind
from tests.typesetting import words
from tests.typesetting.bodies import printed, set_body, with_crossheads
from tests.typesetting.composing import wrapped
from tests.typesetting.credits import byline_of, credit_line, dateline_of
from tests.typesetting.defects import Row, misread, spoiled
from tests.typesetting.english import write_english
from tests.typesetting.headings import column_of, set_heading
from tests.typesetting.manuscripts import Manuscript, Writer, seeded, write
from tests.typesetting.styles import HouseStyle

_HAN_NUMBERS: Final = "零一二三四五六七八"
_FEWEST, _MOST = 4, 9
_NARROWEST_CAPTION: Final = 18
_REPRINTED: Final = 0.5
_AFTER: Final = 0.5


@dataclass(frozen=True)
class SetPage:
    """A page as a reader of it sees it, and the truth in the form that the public scorer takes as gold."""

    name: str
    text: str
    articles: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])

    @property
    def gold(self) -> dict[str, Any]:
        """As in a gold file."""
        return {"page": self.name, "articles": self.articles}

    @property
    def blank(self) -> frozenset[int]:
        """The numbers of its blank lines."""
        return frozenset(n for n, line in enumerate(self.text.split("\n"), 1) if not line.strip())


@dataclass
class Sheet:
    """One article on its way through the press: its parts as lines, and what is printed of it."""

    manuscript: Manuscript
    truth: dict[str, Any]
    parts: dict[str, list[list[Row]]]
    after: bool


def set_page(
    style: HouseStyle, seed: int, *, order: int | None = None, manuscripts: Sequence[Manuscript] = ()
) -> SetPage:
    """The page of the seed; `order` shuffles its articles, `manuscripts` replace those written."""
    rng = seeded(style.name, seed)
    manuscripts = manuscripts or [_manuscript(style, rng, n) for n in range(rng.randint(_FEWEST, _MOST))]
    sheets = [
        _sheet(text, style, index, seeded(style.name, seed, index)) for index, text in enumerate(manuscripts)
    ]
    if order is not None:
        seeded(order).shuffle(sheets)
    rows = list(_page(sheets, style, rng))
    rows = misread(rows, style.defects, rng)
    for index, sheet in enumerate(sheets):
        sheet.truth["lines"] = _ranges(rows, sheet.parts["number"][0][0].owner)
        sheet.truth["index"] = index
    return SetPage(
        f"{style.name} {seed}", "\n".join(row.text for row in rows) + "\n", [sheet.truth for sheet in sheets]
    )


def _manuscript(style: HouseStyle, rng: Random, index: int) -> Manuscript:
    if style.english:
        return write_english(rng)
    kinds: list[Kind] = [kind for kind, share in style.kinds for _ in range(share)]
    kind: Kind = "note" if style.note and index == 1 else rng.choice(kinds)
    text = write(
        kind, rng, length=rng.randint(2, 7), long_headline=style.headline_lines > 1 and rng.random() < 0.4
    )
    return spoiled(text, style.defects, rng)


def _sheet(manuscript: Manuscript, style: HouseStyle, number: int, rng: Random) -> Sheet:
    from_page, on_page = _jumps(manuscript, style, rng)
    paragraphs = _parted(manuscript.paragraphs, from_page, on_page)
    headline = manuscript.headline if not from_page or rng.random() < _REPRINTED else None
    jump_on = _jump(style.jump_on, on_page, style)
    texts = with_crossheads(paragraphs, manuscript.crossheads, style)
    truth = _truth(manuscript, style, [printed(text) for text in texts], headline)
    truth |= {"continues_on": on_page, "continued_from": from_page}
    texts[0] = (_jump(style.jump_from, from_page, style) or dateline_of(manuscript, style, rng)) + texts[0]
    texts[-1] += _tail(manuscript, style, rng, jump_on)
    parts = {
        "number": [[Row("", number)]],
        "heading": set_heading(manuscript, style, rng, headline=headline, whole=not from_page),
        "above": [] if from_page else _lines(credit_line(manuscript, style, rng, at="above")),
        "body": set_body(texts, manuscript.crossheads, style, number, rng),
        "below": _lines(*_below(manuscript, style, rng, jump_on)),
        "captions": _captions(manuscript, style),
    }
    after = style.heading == "after" or (style.heading == "mixed" and rng.random() < _AFTER)
    return Sheet(manuscript, truth, parts, after)


def _parted(paragraphs: Sequence[str], from_page: int | None, on_page: int | None) -> list[str]:
    """The paragraphs that stand on this page: the first and the last are cut where it jumps."""
    texts = list(paragraphs)
    if from_page:
        texts[0] = texts[0][len(texts[0]) // 3 :].lstrip("，。、；：！？”》）")
    if on_page:
        texts[-1] = texts[-1][: 2 * len(texts[-1]) // 3].rstrip("“《（")
    return texts


def _tail(manuscript: Manuscript, style: HouseStyle, rng: Random, jump_on: str) -> str:
    """What stands after the last sentence, on its line."""
    if jump_on:
        return "" if style.jump_apart else jump_on
    if manuscript.kind == "photo" and "\n" not in style.photo:
        return style.photo.format(text="", photo=manuscript.photographer)
    return credit_line(manuscript, style, rng, at="tail")


def _below(manuscript: Manuscript, style: HouseStyle, rng: Random, jump_on: str) -> list[str]:
    if jump_on:
        return [jump_on] if style.jump_apart else []
    match manuscript.kind:
        case "photo":
            return (
                [style.photo.format(text="", photo=manuscript.photographer).strip()]
                if "\n" in style.photo
                else []
            )
        case "notice":
            return [manuscript.office or "", f"2025年{manuscript.month}月{manuscript.day}日"]
        case _:
            return [credit_line(manuscript, style, rng, at="below")]


def _captions(manuscript: Manuscript, style: HouseStyle) -> list[list[Row]]:
    captions = (
        style.caption.format(text=text, photo=manuscript.photographer) for text in manuscript.captions
    )
    if style.form != "text":
        picture = ["![](images/caption.jpg)"] if "images" in style.defects else []
        return [line for text in captions for line in _lines(*picture, text)]
    room = 2 * max(_NARROWEST_CAPTION, *style.widths)
    return [list(map(Row, wrapped(text, [room], hanging=False, whole_words=True))) for text in captions]


def _lines(*texts: str) -> list[list[Row]]:
    return [[Row(text)] for text in texts if text]


def _jumps(manuscript: Manuscript, style: HouseStyle, rng: Random) -> tuple[int | None, int | None]:
    chance = rng.random() if manuscript.kind == "news" else 1.0
    if style.jump_from and chance < 0.12:
        return 1, None
    if style.jump_on and chance < 0.25:
        return None, 4
    return None, None


def _jump(template: str | None, page: int | None, style: HouseStyle) -> str:
    if not template or not page:
        return ""
    return template.format(page=style.page_label.format(n=page, han=_HAN_NUMBERS[page]))


def _truth(
    manuscript: Manuscript, style: HouseStyle, paragraphs: list[str], headline: str | None
) -> dict[str, Any]:
    first = paragraphs[0] == printed(manuscript.paragraphs[0])
    last = paragraphs[-1] == printed(manuscript.paragraphs[-1])
    dated = bool(style.dateline) and manuscript.kind == "news" and first
    announced = first and headline is not None
    return {
        "kind": manuscript.kind,
        "kind_alternatives": _also(manuscript, style),
        "publish": manuscript.kind != "note",
        "column": column_of(manuscript, style) if first else None,
        "kicker": [manuscript.kicker] if manuscript.kicker and style.kickers and announced else [],
        "headline": headline,
        "headline_alternatives": [],
        "deck": [manuscript.deck] if manuscript.deck and style.decks and announced else [],
        "byline": list(byline_of(manuscript, style, first=first, last=last)),
        "place": manuscript.place if dated and style.placed else None,
        "date": f"{manuscript.month:02}-{manuscript.day:02}" if dated and style.dated else None,
        "captions": list(manuscript.captions),
        "source_note": manuscript.column if style.column_title and first else None,
        "lead": paragraphs[0],
        "paragraphs": paragraphs,
    }


def _also(manuscript: Manuscript, style: HouseStyle) -> list[str]:
    """Kinds that nothing on the page tells from the true one."""
    if manuscript.kind == "commentary":
        return [] if "评" in (column_of(manuscript, style) or "") else ["news"]
    return ["news"] if manuscript.kind == "interview" else []


def _page(sheets: list[Sheet], style: HouseStyle, rng: Random) -> Iterator[Row]:
    writer = Writer(rng)
    gap = [Row("")] * style.gap
    for line in style.folio:
        yield Row(writer.fill(line))
    for place, sheet in enumerate(sheets):
        if place or style.folio:
            yield from gap
        yield from _article(sheet, style)
        if place < len(style.furniture):
            yield from gap
            yield from map(Row, _furniture(style.furniture[place], writer))
        if style.advertisement and place == len(sheets) // 2:
            yield from gap
            yield from (Row(writer.fill(line)) for line in rng.choice(words.ADVERTISEMENTS))
    if style.editors:
        yield from gap
        yield Row(writer.fill(style.editors))


def _furniture(name: str, writer: Writer) -> list[str]:
    match name:
        case "weather":
            return ["今日天气", "多云转小雨 东南风2～3级 8℃～16℃"]
        case "index":
            return ["导读", *(f"{writer.text(words.HEADLINES[:1])} 详见{page}版" for page in (2, 5))]
        case _:
            return [writer.text(words.SLOGANS)]


def _article(sheet: Sheet, style: HouseStyle) -> Iterator[Row]:
    parts = sheet.parts
    heading = parts["heading"]
    body = [*parts["above"], *parts["body"], *parts["below"]]
    inside = style.caption_inside and len(parts["body"]) > 2
    if inside:
        body[len(parts["above"]) + 1 : len(parts["above"]) + 1] = parts["captions"]
    else:
        body += parts["captions"]
    if style.heading == "amid" and len(parts["body"]) > 1:
        at = len(parts["above"]) + len(parts["body"]) // 2
        body, heading = [], _spread(_spread(body[:at], heading, style), body[at:], style)
    yield from _joined(_spread(body, heading, style) if sheet.after else _spread(heading, body, style), style)


def _spread(first: list[list[Row]], second: list[list[Row]], style: HouseStyle) -> list[list[Row]]:
    """The two halves of an article with blank lines between them, where the style has any."""
    return [*first, [Row("")] * style.gap, *second] if first and second else [*first, *second]


def _joined(pieces: list[list[Row]], style: HouseStyle) -> Iterator[Row]:
    for index, piece in enumerate(pieces):
        if index and _blank_between(pieces[index - 1], piece, style):
            yield Row("", inside=True)
        yield from piece


def _blank_between(before: list[Row], after: list[Row], style: HouseStyle) -> bool:
    if not before or not after or not before[-1].text or not after[0].text:
        return False
    if style.blanks == "lines":
        return True
    in_body = before[-1].owner is not None and after[0].owner is not None
    if in_body:
        return style.blanks == "paragraphs"
    heading = before[-1].owner is None and after[0].owner is None
    return style.parted if heading else style.blanks != "none"


def _ranges(rows: list[Row], owner: int | None) -> list[list[int]]:
    """The line numbers of an article's paragraphs as ranges."""
    found: list[list[int]] = []
    for number, row in enumerate(rows, 1):
        if row.owner != owner:
            continue
        if found and found[-1][1] == number - 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    return found
