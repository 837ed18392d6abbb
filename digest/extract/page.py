"""One page from text to extraction; the steps and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from digest.extract.articles import make_article
from digest.extract.blocks import form_blocks
from digest.extract.column_titles import with_columns
from digest.extract.columns import set_columns
from digest.extract.confidence import with_confidence
from digest.extract.folio import folio_piece, parse_folio
from digest.extract.joints import set_joints
from digest.extract.layout import Placed, place
from digest.extract.lines import read_lines
from digest.extract.traditional import exchanged, exchanged_back, is_traditional
from digest.extract.units import Unit, read_units
from digest.model import Article, Extraction, Folio, Leftover, Repair


def extract_page(text: str, known: Folio = Folio()) -> Extraction:  # noqa: B008 - frozen, so it can be shared
    """The articles, leftovers and repairs of one page.

    Every character of `text` that is not white space stands in exactly one field of an article, leftover or
    repair. What `known` says of the page comes before what its folio line says.

    >>> page = "## 河湾新桥通车\\n\\n本报讯（记者 林小满） 昨日，河湾新桥建成通车，两岸往来只需五分钟。"
    >>> article = extract_page(page).articles[0]
    >>> article.headline, article.byline, article.lead
    ('河湾新桥通车', ('林小满',), '昨日，河湾新桥建成通车，两岸往来只需五分钟。')
    """
    found = _extract(text, known)
    if is_traditional(text):
        found = exchanged_back(found)
    return replace(found, folio=known.filled_from(found.folio))


def _extract(text: str, known: Folio) -> Extraction:
    """The extraction; of a traditional page, with its characters exchanged."""
    repairs: list[Repair] = []
    furniture, placed = place_units(text, repairs)
    folio = known.filled_from(_printed_folio(furniture))
    made, loose = _articles(placed, folio)
    articles, loose = with_columns(with_confidence(made), loose)
    leftovers = [_leftover(unit) for unit in (*furniture, *loose)]
    leftovers.sort(key=lambda leftover: leftover.first)
    repairs.sort(key=lambda repair: repair.line)
    return Extraction(tuple(articles), tuple(leftovers), tuple(repairs), folio)


def place_units(text: str, repairs: list[Repair]) -> tuple[list[Unit], list[Placed]]:
    """The page's furniture, and its other units with the roles they were given and why; adds to `repairs`.

    The characters of a traditional page are exchanged.
    """
    lines = read_lines(exchanged(text) if is_traditional(text) else text, repairs)
    set_columns(lines)
    units = read_units(form_blocks(lines), repairs)
    printed = [unit for unit in units if unit.sort != "furniture"]
    set_joints(printed)
    return [unit for unit in units if unit.sort == "furniture"], place(printed)


def _printed_folio(furniture: Iterable[Unit]) -> Folio:
    folio = Folio()
    for unit in furniture:
        if unit.reason == "folio" and (printed := parse_folio(unit.text) or folio_piece(unit.text)):
            folio = folio.filled_from(printed)
    return folio


def _articles(placed: list[Placed], folio: Folio) -> tuple[list[tuple[Article, list[Placed]]], list[Unit]]:
    articles: list[tuple[Article, list[Placed]]] = []
    loose = [item.unit for item in placed if item.role == "loose"]
    for group in _groups(item for item in placed if item.role != "loose"):
        article = make_article(group, folio.date) if _has_words(group) else None
        if article:
            articles.append((article, group))
        else:
            loose += [item.unit for item in group]
    return articles, loose


def _has_words(group: Iterable[Placed]) -> bool:
    """Stray points and rules are no article."""
    return any(sign.isalnum() for item in group for sign in item.unit.text)


def _groups(placed: Iterable[Placed]) -> Iterator[list[Placed]]:
    group: list[Placed] = []
    for item in placed:
        if item.starts and group:
            yield group
            group = []
        group.append(item)
    if group:
        yield group


def _leftover(unit: Unit) -> Leftover:
    printed = [unit.text, *(text for text, _ in unit.credits), *(jump.text for jump in unit.jumps)]
    if unit.dateline:
        printed.append(unit.dateline.text)
    reason = unit.reason or ("slogan" if unit.sort == "short" else "unplaced")
    return Leftover(reason, " ".join(filter(None, printed)), unit.first, unit.last)
