"""House styles of PDF pages that no rule was made for: other faces, columns, rules, frames and headings."""

from __future__ import annotations

from tests.inbox.pdf_press import Style

UNSEEN = (
    Style("two columns", columns=2, size=12, pitch=19, gutter=24, headline=28, small_headline=22, kicker=15),
    Style(
        "nine columns",
        columns=9,
        size=6.5,
        pitch=8.5,
        gutter=7,
        headline=18,
        small_headline=10,
        kicker=9,
        deck=8,
    ),
    Style("kai body", body_font="kai", head_font="hei", size=9.5, pitch=14, gutter=9, align="center"),
    Style("no indent", indent=0, ragged=True, columns=4, gutter=20, head_font="hei"),
    Style("small heads", headline=13, small_headline=11.5, kicker=9.5, deck=9.5, columns=4, head_font="hei"),
    Style("one indent", indent=1, columns=5, pitch=11.5, rules="level", credit="line"),
    Style("all song", head_font="song", headline=19, small_headline=14, kicker=11, deck=10.5, credit="tail"),
    Style(
        "tight gutter",
        columns=6,
        gutter=6,
        size=8,
        pitch=10.5,
        rules="upright",
        order="shuffled",
        headline=19,
    ),
    Style(
        "wide pitch", columns=4, pitch=18, size=9.5, gutter=16, underline=True, align="center", credit="line"
    ),
    Style("spaced and twice", spaced_headline=0.8, bold="twice", headline=18, small_headline=13, columns=3),
)
