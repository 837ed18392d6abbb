"""An article's whole text as HTML for feeds: body with keywords marked, source and reasons.

The headline is the entry's title and not repeated. Elements every reader keeps are written without any
attribute, so nothing depends on a reader's styles.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from digest.model import ArchivedArticle, Article, Clip, Clipping
from digest.publish.citation import cite, dated_headline, headline_of
from digest.publish.inert import one_line
from digest.publish.marks import marked, paragraph_spans, spans_in
from digest.publish.phrases import phrases
from digest.publish.reasons import shown_score, why


def body_html(archived: ArchivedArticle, clipping: Clipping | None, language: str, base_url: str) -> str:
    """The article as HTML; for a clipping with its keywords marked and the reasons at the end.

    `base_url` is where the web application is reached; an earlier report of the story is linked there.
    """
    clip = clipping.clip if clipping else None
    lines = [
        *_headings(archived.article, clip),
        *_credits(archived, language),
        *_paragraphs(archived.article, clip),
        *(_reasons(clipping, language) if clipping else ()),
        *(_around(clipping, language, base_url) if clipping else ()),
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


def _around(clipping: Clipping, language: str, base_url: str) -> Iterator[str]:
    """Where else the story was printed, and the first report of it."""
    words = phrases(language)
    if clipping.also_in:
        yield f"<p>{escape(_outlets(clipping.also_in, language))}</p>"
    if first := clipping.earlier:
        url = escape(f"{base_url}/articles/{first.id}")
        yield f'<p>{words.follows}<a href="{url}">{escape(dated_headline(first, language))}</a></p>'


def _outlets(others: Sequence[ArchivedArticle], language: str) -> str:
    """Names the others: 另见 《云岭晚报》2025-03-04、《山川晚报》2025-03-05，共2处."""
    words = phrases(language)
    named = (cite(other.folio, language) or headline_of(other.article, language) for other in others)
    sources = words.names_parted.join(named)
    if len(others) == 1:
        return f"{words.also_in} {sources}"
    return words.outlets.format(also_in=words.also_in, sources=sources, count=len(others))
