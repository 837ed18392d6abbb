"""Typesets the PDF pages in `browser/` with Chromium: run by hand when they are to change, needs pikepdf too.

    python -m tests.inbox.browser_pages

Chromium breaks lines and fills columns otherwise than our own press, and names no fonts. Outlines are
replaced by boxes, so the files stay small and carry no font.
"""

from __future__ import annotations

import re
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from tests.inbox.newsprint import TOPICS, Piece, piece

FOLDER = Path(__file__).parent / "browser"
PIXEL = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAA"
    "AABJRU5ErkJggg=="
)


@dataclass(frozen=True, slots=True)
class Look:
    """A house style in CSS."""

    body: str = "Noto Serif CJK SC"
    head: str = "Noto Sans CJK SC"
    align: str = "left"
    rule: str = "none"
    credit: str = "dateline"
    size: float = 9.0
    gap: float = 12.0
    more: str = ""


LOOKS = {
    "song": Look(head="Noto Serif CJK SC"),
    "ruled": Look(
        align="center",
        rule=".5pt solid #000",
        credit="line",
        gap=14,
        more=".cols{column-rule:.4pt solid #888}",
    ),
    "shaded": Look(
        body="Noto Sans CJK SC",
        align="center",
        credit="tail",
        size=8.5,
        gap=11,
        more=".hl{text-shadow:.3pt 0 #000;letter-spacing:.15em}"
        ".art:nth-of-type(2n){border:.6pt solid #000;padding:4pt;background:#eee}",
    ),
    "ragged": Look(rule="1pt solid #000", size=10, gap=16, more="p{text-align:left!important}"),
}


def pieces_of(name: str) -> list[Piece]:
    """What is printed on the page of this style."""
    random = Random(f"browser {name}")  # noqa: S311 - a page, no secret
    topics, credit = random.sample(sorted(TOPICS), 5), LOOKS[name].credit
    lead = piece(random, topics[0], 260, credit=credit, kicker=True, deck=True, caption=True, jump=True)
    side = piece(random, topics[1], 110, credit=credit)
    crossed = piece(random, topics[2], 170, credit=credit, kicker=True, crossheads=True)
    briefs = [piece(random, topic, 60, credit=credit) for topic in topics[3:]]
    return [lead, side, crossed, *briefs]


def page_of(name: str) -> str:
    """The page as HTML."""
    look, (lead, side, crossed, *briefs) = LOOKS[name], pieces_of(name)
    css = f"""@page{{size:600pt 1000pt;margin:0}}*{{box-sizing:border-box}}
body{{margin:0;width:600pt;font:{look.size}pt/1.45 '{look.body}';padding:24pt 28pt}}
p{{margin:0;text-indent:2em;text-align:justify}}.by,.cross{{text-indent:0;text-align:center}}
.hl{{font:bold 17pt/1.25 '{look.head}'}}
.lead .hl{{font-size:26pt}}.kicker{{font-size:12pt}}.deck{{font-size:11.5pt}}
.head{{text-align:{look.align};margin-bottom:4pt}}.cols{{column-gap:{look.gap}pt}}
.row{{display:flex;gap:{look.gap}pt;align-items:flex-start;border-bottom:{look.rule};padding:5pt 0 7pt}}
.row>*{{flex:1 1 0;min-width:0}}.c3{{flex-grow:3!important}}
.c3 .cols{{column-count:3}}.c2 .cols{{column-count:2}}
.photo{{break-inside:avoid;margin:3pt 0}}.photo img{{width:100%;height:60pt;display:block}}
.cap{{font:{look.size - 1}pt/1.3 'Noto Sans CJK SC'}}.folio{{border-bottom:.6pt solid #000;font-size:10pt;
display:flex;justify-content:space-between;padding-bottom:3pt}}{look.more}"""
    rows = [
        f'<div class="c3 lead">{_article(lead)}</div><div>{_article(side)}</div>',
        f'<div class="c2" style="flex-grow:2">{_article(crossed)}</div>'
        + "".join(f"<div>{_article(brief)}</div>" for brief in briefs),
    ]
    body = "".join(f'<div class="row">{row}</div>' for row in rows)
    return (
        f'<!doctype html><meta charset="utf-8"><style>{css}</style><div class="folio"><span>第3版 要闻</span>'
        f"<span>2026年5月15日 星期五</span><span>河湾日报</span></div>{body}"
        "<div>责任编辑：顾青　版式：叶朗</div>"
    )


def _article(article: Piece) -> str:
    heads = (("kicker", article.kicker), ("hl", article.headline), ("deck", article.deck))
    head = "".join(f'<div class="{kind}">{text}</div>' for kind, text in heads if text)
    body = f'<p class="by">{article.byline}</p>' if article.byline else ""
    last = len(article.paragraphs) - 1
    for index, text in enumerate(article.paragraphs):
        if index in article.crossheads:
            body += f'<p class="cross">{text}</p>'
            continue
        before = article.dateline if index == 0 else ""
        body += f"<p>{before}{text}{article.tail + article.jump if index == last else ''}</p>"
        if index == 0 and article.caption:
            body += f'<div class="photo"><img src="{PIXEL}"><div class="cap">{article.caption}</div></div>'
    return f'<div class="art"><div class="head">{head}</div><div class="cols">{body}</div></div>'


def _boxed(document: Any) -> None:
    """Every glyph of a Type 3 font becomes a box as wide as its advance, shared (ISO 32000-1, 9.6.5)."""
    boxes: dict[bytes, Any] = {}
    for item in list(document.objects):
        if not hasattr(item, "keys") or str(item.get("/Subtype", "")) != "/Type3":
            continue
        for name in list(item.CharProcs.keys()):
            if found := re.match(rb"\s*([-\d.]+) (?:[-\d.]+ ){5}d1", item.CharProcs[name].read_bytes()):
                advance = float(found.group(1))
                box = f"0 0 {advance:g} {0.8 * advance:g}"
                drawn = f"{advance:g} 0 {box} d1 {box} re f".encode()
                boxes.setdefault(drawn, document.make_stream(drawn))
                item.CharProcs[name] = boxes[drawn]


def main() -> None:
    """Sets all pages anew."""
    import pikepdf  # noqa: PLC0415 # pyright: ignore[reportMissingImports] - needed only here, by hand

    FOLDER.mkdir(exist_ok=True)
    for name in LOOKS:
        with tempfile.TemporaryDirectory() as folder:
            source, target = Path(folder, "page.html"), Path(folder, "page.pdf")
            source.write_text(page_of(name), encoding="utf-8")
            switches = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
            subprocess.run(["chromium", *switches, f"--print-to-pdf={target}", source.as_uri()], check=True)
            document: Any = pikepdf.open(target)  # pyright: ignore[reportUnknownMemberType]
            _boxed(document)
            del document.Root.StructTreeRoot  # the tags for screen readers are most of the file
            packed: Any = pikepdf.ObjectStreamMode.generate  # pyright: ignore[reportUnknownMemberType]
            document.save(FOLDER / f"{name}.pdf", recompress_flate=True, object_stream_mode=packed)


if __name__ == "__main__":
    main()
