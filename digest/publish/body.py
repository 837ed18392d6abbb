"""An article's whole text as HTML for feeds: body with keywords marked, source and reasons.

The headline is the entry's title and not repeated. Elements every reader keeps are written without any
attribute, so nothing depends on a reader's styles.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from digest.model import ArchivedArticle, Article, Clip, Clipping
from digest.publish.citation import cite
from digest.publish.inert import one_line
from digest.publish.marks import marked, paragraph_spans, spans_in
from digest.publish.phrases import phrases
from digest.publish.reasons import shown_score, why


def body_html(archived: ArchivedArticle, clipping: Clipping | None, language: str) -> str:
    """The article as HTML; for a clipping with its keywords marked and the reasons at the end."""
    clip = clipping.clip if clipping else None
    lines = [
        *_headings(archived.article, clip),
        *_credits(archived, language),
        *_paragraphs(archived.article, clip),
        *(_reasons(clipping, language) if clipping else ()),
    ]
    return "\n".join(lines)


def _headings(article: Article, clip: Clip | None) -> Iterator[str]:
    if article.column:
        yield f"<p><em>{marked(article.column, ())}</em></p>"
    for index, kicker in enumerate(article.kicker):
        yield f"<p>{marked(kicker, spans_in(clip, 'kicker', index))}</p>"
    for index, deck in enumerate(article.deck):
        yield f"<p><strong>{marked(deck, spans_in(clip, 'deck', index))}</strong></p>"


def _credits(archived: ArchivedArticle, language: str) -> Iterator[str]:
    article = archived.article
    printed = (cite(archived.folio, language), article.byline_text or "", article.dateline or "")
    said = [one_line(text) for text in printed]
    if any(said):
        yield f"<p><small>{escape(' · '.join(text for text in said if text))}</small></p>"


def _paragraphs(article: Article, clip: Clip | None) -> Iterator[str]:
    for index, paragraph in enumerate(article.paragraphs):
        yield f"<p>{marked(paragraph, paragraph_spans(article, clip, index))}</p>"
    for caption in article.captions:
        yield f"<p><em>{marked(caption, ())}</em></p>"
    for jump in article.jumps:
        yield f"<p><small>{marked(jump, ())}</small></p>"


def _reasons(clipping: Clipping, language: str) -> Iterator[str]:
    words = phrases(language)
    title = words.why.format(profile=one_line(clipping.profile.title), score=shown_score(clipping.clip))
    yield f"<hr>\n<p>{escape(title)}</p>"
    if sentences := why(clipping.clip, language):
        yield f"<ul>{''.join(f'<li>{escape(sentence)}</li>' for sentence in sentences)}</ul>"
    for other in clipping.also_in:
        yield f"<p>{words.also_in} {escape(cite(other.folio, language))}</p>"
