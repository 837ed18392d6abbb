"""A digest as the mail templates see it: words ready to be set, in the digest's language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from zoneinfo import ZoneInfo

from digest.model import Digest, Section, Sender
from digest.publish.citation import headline_of
from digest.publish.clipping_view import ClippingView, clipping_view
from digest.publish.inert import one_line
from digest.publish.length import CONTENTS_FROM, FULL, LONGEST_HEADLINE, LONGEST_IMPRINT, LONGEST_NAME, Length
from digest.publish.phrases import Phrases, counted, full_date, phrases, printed_date
from digest.publish.shorten import shortened


@dataclass(frozen=True, slots=True)
class Masthead:
    """What stands at the head: the digest's name, number, date and size."""

    title: str
    number: str
    date: str
    short_date: str
    count: str


@dataclass(frozen=True, slots=True)
class SectionView:
    """One profile's clippings; `omitted` says how many are missing, if any."""

    anchor: str
    url: str
    title: str
    count: str
    clippings: tuple[ClippingView, ...]
    omitted: str


@dataclass(frozen=True, slots=True)
class DigestView:
    """A whole digest; `words` are the phrases of its language, `links` is replaced for each recipient."""

    words: Phrases
    masthead: Masthead
    preheader: str
    sections: tuple[SectionView, ...]
    has_contents: bool
    note: str
    tally: str
    imprint: str
    home_url: str
    links: str


def digest_view(digest: Digest, sender: Sender, links: str, length: Length = FULL) -> DigestView:
    """The digest in the length asked for; dates are those of its time zone."""
    words = phrases(digest.language)
    return DigestView(
        words=words,
        masthead=masthead(digest),
        preheader=_preheader(digest),
        sections=tuple(_sections(digest, length)),
        has_contents=len(digest.sections) > 1 and _shown(digest) >= CONTENTS_FROM,
        note="" if length == FULL else words.shortened,
        tally=_tally(digest),
        imprint=shortened(one_line(sender.imprint), LONGEST_IMPRINT),
        home_url=f"{digest.base_url}/",
        links=links,
    )


def masthead(digest: Digest) -> Masthead:
    """Name, number, date and size in the digest's words."""
    day = _day(digest)
    return Masthead(
        title=shortened(one_line(digest.title), LONGEST_NAME),
        number=phrases(digest.language).number.format(number=digest.number),
        date=full_date(day, digest.language),
        short_date=printed_date(day, digest.language, near=day),
        count=counted(_shown(digest), digest.language),
    )


def subject(digest: Digest) -> str:
    """The mail's subject, one inert line: 山川剪报 第128期 · 3月4日 · 5条."""
    head = masthead(digest)
    return phrases(digest.language).subject.format(
        title=head.title, number=head.number, date=head.short_date, count=head.count
    )


def _day(digest: Digest) -> date:
    return digest.slot.astimezone(ZoneInfo(digest.timezone)).date()


def _shown(digest: Digest) -> int:
    return sum(len(section.clippings) for section in digest.sections)


def _preheader(digest: Digest) -> str:
    """What mail clients show after the subject: the first headlines."""
    words = phrases(digest.language)
    first = [clipping for section in digest.sections for clipping in section.clippings[:1]]
    headlines = [headline_of(clipping.article.article, digest.language) for clipping in first[:3]]
    return shortened(words.headlines_parted.join(headlines) or words.nothing, LONGEST_HEADLINE)


def _sections(digest: Digest, length: Length) -> Iterator[SectionView]:
    words = phrases(digest.language)
    for place, section in enumerate(digest.sections[: length.sections], start=1):
        shown = section.clippings[: length.clippings]
        left_out = len(section.clippings) - len(shown)
        yield SectionView(
            anchor=f"s{place}",
            url=f"{digest.base_url}/profiles/{section.profile.name}",
            title=_section_title(section),
            count=counted(len(section.clippings), digest.language),
            clippings=tuple(clipping_view(clipping, digest, _day(digest), length) for clipping in shown),
            omitted=words.omitted.format(count=left_out) if left_out else "",
        )


def _tally(digest: Digest) -> str:
    words, figures = phrases(digest.language), asdict(digest.tally)
    return words.tally.format(**figures) + (words.held_alike.format(**figures) if digest.tally.alike else "")


def _section_title(section: Section) -> str:
    return shortened(one_line(section.profile.title) or section.profile.name, LONGEST_NAME)
