"""One clipping as the mail templates see it: words ready to be set, inert and of bounded length."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from digest.model import ArchivedArticle, Clipping, Digest
from digest.publish.citation import cite, dated_headline, headline_of
from digest.publish.feed_text import opening
from digest.publish.inert import one_line
from digest.publish.length import (
    LONGEST_HEADLINE,
    LONGEST_NAME,
    LONGEST_WHY,
    MOST_REPRINTS,
    Length,
)
from digest.publish.marks import Span, marked, spans_in
from digest.publish.phrases import phrases
from digest.publish.reasons import shown_score, why_in_short
from digest.publish.shorten import ELLIPSIS, sentence_end, shortened


@dataclass(frozen=True, slots=True)
class RelatedView:
    """Another article on the story: in another paper, or of an earlier day."""

    source: str
    url: str


@dataclass(frozen=True, slots=True)
class ClippingView:
    """One clipping; what ends in `_html` is escaped and may have marks, the rest is plain text."""

    url: str
    headline: str
    headline_html: Markup
    kicker: str
    lead: str
    lead_html: Markup
    source: str
    byline: str
    score: str
    why: str
    also_in: tuple[RelatedView, ...]
    also_more: str
    earlier: RelatedView | None
    more: str
    changed: str


def clipping_view(clipping: Clipping, digest: Digest, day: date, length: Length) -> ClippingView:
    """The clipping in the digest's language; `day` is the digest's date."""
    article, language = clipping.article.article, digest.language
    words = phrases(language)
    lead, lead_spans = _lead(clipping, length.lead)
    also_in = clipping.also_in if length.reasons else ()
    return ClippingView(
        url=_url(digest, clipping.article),
        headline=shortened(headline_of(article, language), LONGEST_HEADLINE),
        headline_html=_headline_html(clipping, language),
        kicker=shortened(one_line(" ".join(article.kicker)), LONGEST_NAME),
        lead=one_line(lead),
        lead_html=Markup(marked(lead, lead_spans)),  # noqa: S704  marked() escapes
        source=shortened(cite(clipping.article.folio, language, near=day), LONGEST_HEADLINE),
        byline=shortened(words.names_parted.join(map(one_line, article.byline)), LONGEST_NAME),
        score=words.score.format(score=shown_score(clipping.clip)),
        why=shortened(why_in_short(clipping.clip, language), LONGEST_WHY) if length.reasons else "",
        also_in=tuple(_reprints(also_in[:MOST_REPRINTS], digest, day)),
        also_more=words.more.format(count=len(also_in)) if len(also_in) > MOST_REPRINTS else "",
        earlier=_earlier(clipping, digest, day) if length.reasons else None,
        more=words.on_the_story.format(count=clipping.more) if clipping.more and length.reasons else "",
        changed=_changed(clipping, language),
    )


def _url(digest: Digest, article: ArchivedArticle) -> str:
    return f"{digest.base_url}/articles/{article.id}"


def _headline_html(clipping: Clipping, language: str) -> Markup:
    printed = clipping.article.article.headline
    if len(printed) > LONGEST_HEADLINE or not one_line(printed):
        return Markup.escape(shortened(headline_of(clipping.article.article, language), LONGEST_HEADLINE))
    return Markup(marked(printed, spans_in(clipping.clip, "headline")))  # noqa: S704  marked() escapes


def _lead(clipping: Clipping, limit: int) -> tuple[str, tuple[Span, ...]]:
    """The opening, cut at the end of a sentence, and where keywords stand in it."""
    if not limit:
        return "", ()
    article = clipping.article.article
    text = opening(article)
    spans = spans_in(clipping.clip, "lead") if text == article.lead else ()
    end = sentence_end(text, limit)
    cut = text[:end] if end == len(text) or text[end - 1] in "。！？" else text[:end] + ELLIPSIS
    return cut, tuple((start, min(stop, end)) for start, stop in spans if start < end)


def _changed(clipping: Clipping, language: str) -> str:
    """What is another than in the version the reader was sent."""
    if clipping.correction is None:
        return ""
    former, words = one_line(clipping.correction.former or ""), phrases(language)
    if not former:
        return words.changed_text
    return words.former_headline.format(former=shortened(former, LONGEST_HEADLINE))


def _reprints(articles: Iterable[ArchivedArticle], digest: Digest, day: date) -> Iterable[RelatedView]:
    for article in articles:
        source = shortened(cite(article.folio, digest.language, near=day), LONGEST_NAME)
        yield RelatedView(source or headline_of(article.article, digest.language), _url(digest, article))


def _earlier(clipping: Clipping, digest: Digest, day: date) -> RelatedView | None:
    if clipping.earlier is None:
        return None
    named = shortened(dated_headline(clipping.earlier, digest.language, near=day), LONGEST_HEADLINE)
    return RelatedView(named, _url(digest, clipping.earlier))
