"""The frozen dataclasses every stage shares; nothing here reads a file, a clock or a database.

Words are the trade's, see docs/glossary.md. Texts are as printed, never NFKC-folded. Instants are aware and
in UTC; printed dates are `date`. Line numbers are 1-based and lines part at "\\n" only.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal
from uuid import UUID

Kind = Literal["news", "commentary", "interview", "photo", "notice", "note"]
HeadlineSource = Literal["printed", "derived"]

Role = Literal["kicker", "headline", "deck", "column", "byline", "dateline", "paragraph", "caption", "jump"]
"""What a stretch of a page is within its article."""

LeftoverReason = Literal[
    "folio",  # paper, date, page number
    "editors",  # 责任编辑, 本版责编, proof readers, telephone of the desk
    "slogan",
    "advertisement",
    "index",  # 导读, 今日看点
    "weather",
    "masthead",  # publication numbers, price, address of the paper
    "markup",  # image tags, rules, empty table rows
    "unplaced",  # text no rule could place
]

RepairKind = Literal[
    "doubled",  # fake bold printed a run twice; the second printing is dropped
    "repeated",  # a character repeated over a column break
    "markup",  # Markdown signs: #, *, ![](), table bars
    "invisible",  # zero-width, soft hyphen, private use, control characters
    "hyphen",  # the hyphen of a Latin word divided over two lines
]

Zone = Literal["headline", "kicker", "deck", "lead", "body"]
"""Where in an article a keyword hit counts."""


@dataclass(frozen=True, slots=True)
class Folio:
    """What is known of a page: paper, date and page number; None where unknown.

    `number` is the page as a number (4), `label` as printed (A4, 第四版).
    """

    paper: str | None = None
    date: date | None = None
    number: int | None = None
    label: str | None = None

    def filled_from(self, other: Folio) -> Folio:
        """This folio with its unknown fields taken from `other`.

        >>> Folio(paper="晨报").filled_from(Folio(paper="晚报", number=2, label="2"))
        Folio(paper='晨报', date=None, number=2, label='2')
        """
        numbered = self if self.number is not None else other
        return Folio(
            paper=self.paper or other.paper,
            date=self.date or other.date,
            number=numbered.number,
            label=numbered.label,
        )


@dataclass(frozen=True, slots=True)
class Part:
    """Whole lines of the page, first to last inclusive, and what they are within their article."""

    role: Role
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class LineBox:
    """Where on a sheet of a PDF a line of the page's text stood; a line over two columns has two boxes.

    Attributes:
        line: 1-based line of the page's text.
        sheet: 0-based page of the file.
        x0, y0, x1, y1: Points from the sheet's upper left corner, y downwards.
    """

    line: int
    sheet: int
    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class Article:
    """One printed item, as extracted; it has no identity yet.

    Texts: every character of the source that is not white space stands in exactly one of `kicker`, `headline`
    (when printed), `deck`, `column`, `byline_text`, `dateline`, `paragraphs`, `captions` and `jumps`, or in a
    leftover or repair of the extraction. All other fields are copies or values read from those.

    Attributes:
        kind: What sort of item; a `note` is found but not published.
        headline: Never empty; made from the lead when `headline_source` is "derived".
        byline: The people's names, without padding.
        byline_text: All credits as printed, parted by a blank; None where none is printed.
        dateline: As printed, such as 本报太原5月15日讯, without the credit in parentheses.
        place: The dateline's place. `date`: "MM-DD" as printed. `dated`: the ISO date once the year is known.
        lead: The first paragraph (a copy).
        paragraphs: The body, without dateline and credits; crossheads are paragraphs of their own.
        captions: Texts of pictures that illustrate this article.
        jumps: 下转/上接 lines as printed. `continues_on` and `continued_from` are their page numbers,
            the labels what is printed for the number (A4, 四).
        parts: Provenance, in the order of the page.
        confidence: 0..1, how sure the extraction is of text and headline.
    """

    kind: Kind
    headline: str
    headline_source: HeadlineSource = "printed"
    kicker: tuple[str, ...] = ()
    deck: tuple[str, ...] = ()
    column: str | None = None
    byline: tuple[str, ...] = ()
    byline_text: str | None = None
    dateline: str | None = None
    place: str | None = None
    date: str | None = None
    dated: date | None = None
    lead: str = ""
    paragraphs: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    jumps: tuple[str, ...] = ()
    continues_on: int | None = None
    continues_on_label: str | None = None
    continued_from: int | None = None
    continued_from_label: str | None = None
    parts: tuple[Part, ...] = ()
    confidence: float = 1.0

    @property
    def lines(self) -> tuple[tuple[int, int], ...]:
        """Where the paragraphs stand: 1-based line ranges of the page."""
        return tuple((part.first, part.last) for part in self.parts if part.role == "paragraph")


@dataclass(frozen=True, slots=True)
class Leftover:
    """Text of a page that belongs to no article, with the reason."""

    reason: LeftoverReason
    text: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Repair:
    """Characters of the source that are in no field because the typesetting put them there by mistake."""

    kind: RepairKind
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was found on one page; `folio` is what the page's text says, completed by what was known."""

    articles: tuple[Article, ...] = ()
    leftovers: tuple[Leftover, ...] = ()
    repairs: tuple[Repair, ...] = ()
    folio: Folio = field(default_factory=Folio)


@dataclass(frozen=True, slots=True)
class Page:
    """A page as stored: the revision in force, with what is left of its text beside the articles.

    Attributes:
        id: Given at first sight, kept over revisions.
        path: The file it was last read from, relative to the inbox.
        sha256: Of that file's bytes.
        revision: Counts the readings with changed content, from 1.
        text: The decoded text, line numbers of articles refer to it.
        boxes: Where the lines stood on the sheets of a PDF; empty for other files.
    """

    id: UUID
    path: str
    sha256: str
    revision: int
    folio: Folio
    text: str
    first_seen: datetime
    read_at: datetime
    leftovers: tuple[Leftover, ...] = ()
    repairs: tuple[Repair, ...] = ()
    boxes: tuple[LineBox, ...] = ()


@dataclass(frozen=True, slots=True)
class InboxFile:
    """What became of a file of the inbox.

    Attributes:
        path: Relative to the inbox, shown safely.
        mtime_ns: Modification time as seen, in nanoseconds; empty asks for another reading.
        sha256: None when it could not be read.
        state: `read`, `duplicate`, or the reason of a PageError.
        detail: A sentence for people.
        page_id: The page it became or repeats; None when no page came of it.
    """

    path: str
    size: int
    mtime_ns: str
    sha256: str | None
    state: str
    detail: str
    page_id: UUID | None
    first_seen: datetime
    checked: datetime


@dataclass(frozen=True, slots=True)
class ArchivedArticle:
    """An article with its identity and the page it stands on.

    Attributes:
        id: Given at first sight, kept when the page is read again.
        page_id: The page it stands on.
        folio: That page's paper, date and number.
        first_seen: When the article was first stored.
        updated: When it last materially changed; equal to `first_seen` until then.
    """

    id: UUID
    page_id: UUID
    article: Article
    folio: Folio
    first_seen: datetime
    updated: datetime


@dataclass(frozen=True, slots=True)
class Profile:
    """A named set of weighted keywords.

    Attributes:
        id: Stable for the life of the profile; entry ids are made from it.
        name: Short and URL-safe; names the feed files.
        title: For people.
        keywords: Terms in the profile language: `词`, `词^2`, `-词`.
        threshold: 0..100; articles scored lower are not clipped.
        public: False keeps the profile out of static folders and listings.
        language: BCP 47 tag of the profile's own pages, feeds and mail.
    """

    id: UUID
    name: str
    title: str
    keywords: tuple[str, ...]
    threshold: float = 0.0
    public: bool = True
    language: str = "zh-CN"


@dataclass(frozen=True, slots=True)
class Hit:
    """One occurrence of a keyword.

    `index` counts within the zone (which kicker, deck or paragraph; 0 for headline and lead); `start` and
    `end` are offsets in that original text. In zone "body", `index` is the paragraph's place in `paragraphs`.
    """

    zone: Zone
    index: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reason:
    """One summand of a clip's score: a keyword with its hits, or an adjustment without any.

    Attributes:
        label: The keyword as written in the profile, or the adjustment's name ("recency", "prominence").
        points: What it adds to the score; the points of a clip's reasons add up to its score.
        hits: Where the keyword stands; empty for adjustments.
    """

    label: str
    points: float
    hits: tuple[Hit, ...] = ()


@dataclass(frozen=True, slots=True)
class Clip:
    """An article selected for a profile; score 0..100, reasons that add up to it."""

    profile_id: UUID
    article_id: UUID
    score: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Correction:
    """An article was mailed before in another version; `former` is its headline then, when it differs."""

    former: str | None = None


@dataclass(frozen=True, slots=True)
class Clipping:
    """A clip with its article and profile at hand, as feeds, digests and pages show it.

    Attributes:
        entry_id: uuid5 of profile and article.
        matched: When the article was first clipped for the profile.
        also_in: Other papers that printed the same story, folded into this clip.
        earlier: The first article of the story this one goes on with; None when it begins one.
        more: How many clips on the same story a digest left out for want of room.
        correction: What changed since the reader was sent it; None when it is new to the reader.
    """

    entry_id: UUID
    profile: Profile
    article: ArchivedArticle
    clip: Clip
    matched: datetime
    also_in: tuple[ArchivedArticle, ...] = ()
    earlier: ArchivedArticle | None = None
    more: int = 0
    correction: Correction | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """An article as it stands in a feed: alone in the feed of all articles, as a clipping in a profile's.

    `updated` values within a feed are distinct.
    """

    id: UUID
    article: ArchivedArticle
    updated: datetime
    clipping: Clipping | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """What the feed writers need; entries newest first.

    Attributes:
        name: The feed's file name without extension; `all` for the feed of all articles.
        base_url: Where the web application is reached, without a trailing slash; article pages are
            `{base_url}/articles/{id}`, a profile's page `{base_url}/profiles/{name}`, feeds
            `{base_url}/feeds/{name}.{rss,atom,json}`.
        updated: The newest entry's `updated`; for an empty feed when the profile came to be.
        hubs: WebSub hubs that are pinged when the feed changes.
        token: What its own address tells to be given a private feed; None: everybody may have it.
        query: What stands behind the `?` of its own address.
        archives: How many archive documents (RFC 5005) there are, from 1, the oldest clips in the first.
        archive: Which of them this is; None: the feed to subscribe to.
    """

    id: UUID
    name: str
    title: str
    subtitle: str
    base_url: str
    language: str
    updated: datetime
    entries: tuple[Entry, ...] = ()
    hubs: tuple[str, ...] = ()
    token: str | None = None
    query: str = ""
    archives: int = 0
    archive: int | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """The clippings of one profile in a digest, best first."""

    profile: Profile
    clippings: tuple[Clipping, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """What a digest says of its window.

    `matched` articles were clipped, `shown` stand in the digest, `folded` were reprints shown with another;
    `held` were left out because the digest was full, `alike` of them on stories that are shown. `corrected`
    were mailed before in another version; `missing` pages were not read though the pages around them were.
    """

    pages: int = 0
    articles: int = 0
    matched: int = 0
    shown: int = 0
    folded: int = 0
    held: int = 0
    alike: int = 0
    corrected: int = 0
    missing: int = 0


@dataclass(frozen=True, slots=True)
class Digest:
    """One composed mailing for one set of profiles and one window.

    Attributes:
        number: Counts the digests of one installation, from 1.
        slot: The instant at which it was due.
        window_start: Where its window begins: the end of the one before, or None for the first digest.
        timezone: IANA name in which dates are shown.
        corrections: Clippings mailed before that changed since.
        alert: It is mailed at once for a few clips, not at a slot.
    """

    id: UUID
    number: int
    title: str
    slot: datetime
    window_start: datetime | None
    timezone: str
    language: str
    base_url: str
    sections: tuple[Section, ...]
    tally: Tally
    corrections: tuple[Clipping, ...] = ()
    alert: bool = False


@dataclass(frozen=True, slots=True)
class Sender:
    """Who digests come from.

    Attributes:
        address: The mailbox alone, such as digest@example.org; its domain ends Message-ID and List-Id.
        name: Shown by mail clients; the digest's title when empty.
        imprint: The operator's name and postal address, for the footer.
    """

    address: str
    name: str = ""
    imprint: str = ""


@dataclass(frozen=True, slots=True)
class Recipient:
    """One address a digest goes to, with the links that are its own; None leaves a link out.

    Attributes:
        address: The mailbox alone.
        unsubscribe_url: https; a POST to it unsubscribes without another question (RFC 8058).
        unsubscribe_mailto: The mailbox to which an unsubscribing mail is sent, without `mailto:`;
            `?subject=…` may follow.
        preferences_url: Where the recipient changes or pauses the subscription.
        plain: The text alone is sent, without HTML.
    """

    address: str
    name: str = ""
    unsubscribe_url: str | None = None
    unsubscribe_mailto: str | None = None
    preferences_url: str | None = None
    plain: bool = False
