"""What each kind of evidence of the layout is worth; `python -m benchmarks.weights` fits the numbers.

1 is a slight doubt, 5 nearly rules a reading out; below 0 it speaks for it.
"""

from __future__ import annotations

from typing import Final

WEIGHTS: Final[dict[str, float]] = {
    # Headings.
    "headings stand on the other side on this page": 1.5,
    "speaks of the bodies on the other side": 6.0,
    "set close to the text on the other side": 1.5,
    "not marked as a heading": 2.5,
    "not marked, beside one that is": 0.7,
    "too short": 3.0,
    "begins with a dash": 4.0,
    "numbered": 4.0,
    "says nothing of the texts beside it": 0.7,
    # Crossheads.
    "crossheads are rarer": 1.0,
    "marked as a heading": 4.0,
    "marked below the headlines": 1.5,
    "set in bold": 5.0,
    "wider than the column": 2.1,
    "names a notice": 5.0,
    "not alone": 1.5,
    "not alone, beside none that is marked": 0.5,
    "one of a list": -1.5,
    "beside a credit": 2.5,
    "an article begins or ends here": 5.0,
    # Short texts.
    "texts are longer": 7.0,
    # Lines of no article.
    "most lines belong to an article": 3.5,
    "loose, says nothing of the texts beside it": -1.0,
    "loose, yet speaks of the bodies beside it": 3.0,
    "loose, yet marked as a heading": 2.0,
    # Captions.
    "captions are rare": 6.0,
    "signed by a photographer": 3.0,
    "short and signed by a photographer": 1.5,
    "long for a caption": 1.0,
    "a caption speaks of the bodies beside it": -3.0,
    "stands under a picture": -2.0,
    "short, right under a picture": -4.5,
    "worded as a caption": -7.0,
    "the credit before it names a photographer": -3.0,
    "a credit alone": 1.0,
    # Credits.
    "photographers stand after": 3.0,
    "photographers stand after, as others do": 1.5,
    "credits stand on the other side on this page": 1.5,
    "signed twice": 2.4,
    # How an article goes on and ends.
    "a credit amid others": 1.4,
    "a writer after a photographer": 2.5,
    "a heading amid the text": 3.0,
    "a dateline amid the text": 6.0,
    "上接 amid the text": 8.0,
    "a picture's text amid the text": 2.5,
    "a picture's dated text amid the text": 4.0,
    "goes on after 下转": 4.0,
    "goes on after its photographer": 3.0,
    "goes on after its credit": 5.6,
    "goes on after a tail": 2.5,
    "an article without text": 8.0,
    "an article without a credit": 2.0,
    "an article without a headline": 2.1,
    "a picture without a headline": 1.0,
    # How an article begins.
    "begins by its form": 0.5,
    "a text begins under a picture": 1.4,
    "a dated text begins under a picture": 0.4,
    "text after text": 5.0,
    "no dateline or jump begins it": 2.1,
    "speaks of the same as the text before": 0.85,
    "the article before ends by its form": -1.0,
    "a notice begins": -2.5,
    "amid a heading": 4.0,
    "right under a heading": 2.0,
    # The page's habit.
    "headings stand after Markdown": 2.0,
}
