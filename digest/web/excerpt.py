"""The beginning of an article as lists show it, with keywords marked; it never cuts a keyword in two."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from digest.model import Article, Clip
from digest.publish.feed_text import opening
from digest.publish.marks import marked, spans_in

_SENTENCE_ENDS = "。！？!?"


def excerpt(article: Article, clips: Iterable[Clip], length: int = 120) -> Markup:
    """About `length` characters of the lead, to the end of a sentence where one is near.

    >>> excerpt(Article("news", "春耕", lead="麦苗返青。" * 3), (), 12)
    Markup('麦苗返青。麦苗返青。')
    """
    text = opening(article)
    end = _cut(text, length)
    # Hits in the lead are offsets in the lead; without one the text is a paragraph or caption.
    spans = [span for clip in clips for span in spans_in(clip, "lead") if text == article.lead]
    for start, stop in spans:
        end = start if start < end < stop else end
    closed = end == len(text) or text[:end].endswith(tuple(_SENTENCE_ENDS))
    return Markup(marked(text[:end], spans) + ("" if closed else "…"))  # noqa: S704  # `marked` escapes


def _cut(text: str, length: int) -> int:
    if len(text) <= length:
        return len(text)
    ends = [at + 1 for at in range(length // 2, length) if text[at] in _SENTENCE_ENDS]
    return ends[-1] if ends else length
