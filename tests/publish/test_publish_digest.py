from __future__ import annotations

from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from uuid import uuid5

import pytest
from jinja2 import DictLoader

from digest.errors import TemplateError
from digest.model import ArchivedArticle, Article, Clipping, Digest, Folio, Profile, Reason, Section
from digest.publish import RenderedDigest, compose, mail_templates, render_digest
from digest.publish.clipping_view import ClippingView
from digest.publish.digest_view import digest_view, subject
from digest.publish.length import FULL, LENGTHS, Length
from tests.publish import publish_samples as samples
from tests.publish.publish_golden import LANGUAGES, SHIPPED, TEMPLATES

SAYS_IT_ALL = (
    'alert("<b>x</b>&")</style><script>alert(1)</script>{{ 7 * 7 }}\r\nBcc: x@example.org\x00\u202e\ud800'
)


def rendered(digest: Digest) -> RenderedDigest:
    return render_digest(digest, samples.SENDER, TEMPLATES)


def many(count: int, like: Clipping, profile: Profile = samples.ECONOMY) -> tuple[Clipping, ...]:
    return tuple(
        samples.clipping(
            profile, replace(like.article, id=uuid5(like.article.id, str(n))), like.clip.reasons, like.also_in
        )
        for n in range(count)
    )


def sections(count: int, clippings: tuple[Clipping, ...]) -> Digest:
    profiles = [replace(samples.ECONOMY, name=f"p{n}", title=f"关注{n}") for n in range(count)]
    return samples.digest(*(Section(profile, clippings) for profile in profiles))


class Tags(HTMLParser):
    """Which tags a document has, and whether every one that must be closed is."""

    VOID = frozenset({"meta", "br", "img", "hr"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.addresses: list[str] = []
        self._open: list[str] = []
        self.feed(html)
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        self.addresses += [value or "" for name, value in attrs if name in {"href", "src", "background"}]
        if tag not in self.VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag


@pytest.mark.parametrize("language", LANGUAGES)
def test_rendering_again_gives_the_same_bytes(language: str) -> None:
    first, again = (
        compose(rendered(samples.small_digest(language)), samples.RECIPIENT).as_bytes() for _ in range(2)
    )
    assert first == again


def test_the_subject_has_name_number_date_and_size() -> None:
    assert subject(samples.small_digest()) == "山川剪报 第128期 · 3月5日 · 2条"
    assert subject(samples.small_digest("en")) == "山川剪报 No. 128 · 5 Mar · 2 clippings"


def test_dates_are_those_of_the_time_zone() -> None:
    digest = replace(samples.small_digest(), timezone="America/New_York")
    assert "3月4日" in subject(digest)
    assert rendered(digest).date.isoformat() == "2025-03-04T18:30:00-05:00"


def test_a_clipping_says_what_where_and_why_in_both_forms() -> None:
    digest = rendered(samples.small_digest())
    for said in (
        "项目建设一线传真",
        "《山川日报》3月4日 第3版",
        "81分",
        "数字经济：标题1次、导语1次、正文1次，+62分",
        "《云岭晚报》3月4日 第A2版",
        f"{samples.BASE_URL}/articles/{samples.NEWS_CLIPPING.article.id}",
        "读报16版，得稿93篇，符合关注词5篇，刊出2篇，合并转载1篇，未刊2篇。",
        "山川传媒资料室",
    ):
        assert said in digest.html
        assert said in digest.text.replace("\n   ", "")


def test_keywords_are_marked_in_headline_and_lead() -> None:
    html = rendered(samples.small_digest()).html
    assert html.count(">数字经济</mark>") == 2


def test_nothing_is_loaded_from_anywhere() -> None:
    digest = rendered(samples.small_digest())
    tags = Tags(digest.html)
    assert not {"img", "link", "script", "iframe"} & set(tags.seen)
    assert "url(" not in digest.html
    assert "@import" not in digest.html
    assert all(address.startswith((samples.BASE_URL, "#")) for address in tags.addresses)


def test_html_carries_language_dark_mode_and_inlined_styles() -> None:
    html = rendered(samples.small_digest()).html
    assert '<html lang="zh-CN">' in html
    assert "@media (prefers-color-scheme: dark)" in html
    assert "max-width:600px" in html.partition("<body")[2]


def hostile_clipping() -> Clipping:
    article = Article(
        kind="news",
        headline=SAYS_IT_ALL,
        kicker=(SAYS_IT_ALL,),
        byline=(SAYS_IT_ALL,),
        lead=SAYS_IT_ALL,
        paragraphs=(SAYS_IT_ALL,),
    )
    archived = samples.archived(article, "hostile", Folio(SAYS_IT_ALL, date(2025, 3, 4), 1, SAYS_IT_ALL))
    profile = replace(samples.ECONOMY, title=SAYS_IT_ALL)
    return samples.clipping(profile, archived, (Reason(SAYS_IT_ALL, 1.0),), (archived,))


def test_hostile_text_is_inert_in_every_place() -> None:
    clipping = hostile_clipping()
    section = Section(clipping.profile, (clipping,) * 4)
    digest = samples.digest(section, section)
    sender = replace(samples.SENDER, imprint=SAYS_IT_ALL)
    mail = render_digest(replace(digest, title=SAYS_IT_ALL), sender, TEMPLATES)
    assert not {"script", "b"} & set(Tags(mail.html).seen)
    assert "{{ 7 * 7 }}" in mail.text
    for body in (mail.html, mail.text, mail.subject):
        assert not any(sign in body for sign in "\x00\u202e\ud800")
    assert "\nBcc:" not in mail.text
    assert "\n" not in mail.subject


@pytest.mark.parametrize(
    ("digest", "shortened"),
    [
        (sections(3, many(10, samples.COOPERATIVE_CLIPPING)), False),
        (sections(4, many(15, samples.NEWS_CLIPPING)), True),
        (sections(3, many(60, samples.NEWS_CLIPPING)), True),
        (sections(200, many(1, samples.NEWS_CLIPPING)), True),
    ],
)
def test_a_digest_of_any_size_stays_under_100_kb(digest: Digest, shortened: bool) -> None:  # noqa: FBT001  a column
    mail = rendered(digest)
    assert len(compose(mail, samples.RECIPIENT).as_bytes()) < 100_000
    assert ("邮件已从简" in mail.text) == ("邮件已从简" in mail.html) == shortened


def test_texts_without_end_are_cut() -> None:
    endless = "没有标点的长文" * 20_000
    article = replace(
        samples.NEWS,
        headline=endless,
        kicker=(endless,),
        byline=(endless,),
        lead=endless,
        paragraphs=(endless,),
    )
    archived = samples.archived(article, "endless", Folio(endless, date(2025, 3, 4), 1, endless))
    clipping = samples.clipping(replace(samples.ECONOMY, title=endless), archived, (Reason(endless, 3.0),))
    digest = replace(samples.digest(Section(clipping.profile, (clipping,))), title=endless)
    mail = render_digest(digest, replace(samples.SENDER, imprint=endless), TEMPLATES)
    assert len(compose(mail, samples.RECIPIENT).as_bytes()) < 30_000
    assert len(mail.subject) < 100


def test_leads_are_shortened_then_left_out_before_reasons() -> None:
    article = replace(samples.NEWS, lead="社员们抢抓墒情播种。" * 20)
    clipping = replace(samples.NEWS_CLIPPING, article=samples.archived(article, "long"))
    views = [shown(clipping, length) for length in LENGTHS[:4]]
    assert [(len(view.lead), bool(view.why), bool(view.also_in)) for view in views] == [
        (150, True, True),
        (70, True, True),
        (0, True, True),
        (0, False, False),
    ]


def test_omitted_clippings_are_counted_with_a_link() -> None:
    mail = rendered(sections(3, many(60, samples.NEWS_CLIPPING)))
    assert "另有40条，请在网上阅读" in mail.html
    assert "另有40条，请在网上阅读\n   https://clips.example.org/profiles/p0" in mail.text


def test_a_lead_is_cut_at_the_end_of_a_sentence_and_marked_up_to_there() -> None:
    lead = "社员们抢抓墒情播种。" * 20 + "合作社"
    article = replace(samples.COOPERATIVE, lead=lead, paragraphs=(lead,))
    hits = (samples.spot("lead", lead, "播种"), samples.spot("lead", lead, "合作社"))
    clipping = samples.clipping(
        samples.VILLAGES, samples.archived(article, "l"), (Reason("播种", 9.0, hits),)
    )
    view = shown(clipping)
    assert view.lead == "社员们抢抓墒情播种。" * 15
    assert view.lead_html.count("<mark>") == 1


def test_a_lead_without_sentences_is_cut_with_an_ellipsis() -> None:
    article = replace(samples.COOPERATIVE, lead="播" * 200, paragraphs=())
    view = shown(samples.clipping(samples.VILLAGES, samples.archived(article, "l"), ()))
    assert view.lead == "播" * 150 + "…"


def shown(clipping: Clipping, length: Length = FULL) -> ClippingView:
    digest = samples.digest(Section(clipping.profile, (clipping,)))
    return digest_view(digest, samples.SENDER, "", length).sections[0].clippings[0]


def test_many_reprints_are_counted_and_unknown_papers_named_by_headline() -> None:
    reprints = (replace(samples.REPRINT, folio=Folio()), *(samples.REPRINT,) * 5)
    view = shown(replace(samples.NEWS_CLIPPING, also_in=reprints))
    assert view.also_in[0].source == samples.NEWS.headline
    assert (len(view.also_in), view.also_more) == (4, "等6处")


def test_a_clipping_refers_back_to_the_first_report_of_its_story() -> None:
    mail = rendered(samples.small_digest("en"))
    assert "Earlier on this story: " in mail.text
    assert f"26 Feb {samples.EARLIER.article.headline}" in mail.text.replace("\n   ", " ")
    assert f"/articles/{samples.EARLIER.id}" in mail.html


def test_what_was_left_out_of_a_story_is_counted() -> None:
    full = samples.digest(Section(samples.ECONOMY, (replace(samples.NEWS_CLIPPING, more=3),)))
    mail = rendered(replace(full, tally=replace(full.tally, held=5, alike=3)))
    assert "同题另有3篇未刊" in mail.text
    assert "同题另有3篇未刊" in mail.html
    assert "其中3篇与刊出的同题" in mail.text.replace("\n", "")
    assert "同题" not in rendered(samples.small_digest()).text


def test_a_long_digest_of_several_profiles_begins_with_contents() -> None:
    long = rendered(sections(3, many(2, samples.NEWS_CLIPPING)))
    assert "本期要目" in long.text
    assert '<a href="#s2"' in long.html
    assert "本期要目" not in rendered(samples.small_digest()).text


def test_an_empty_digest_says_so() -> None:
    mail = rendered(samples.digest())
    assert "本期没有符合关注词的稿件。" in mail.html
    assert "本期没有符合关注词的稿件。" in mail.text


def test_a_section_without_clippings_is_no_error() -> None:
    assert "数字经济" in rendered(samples.digest(Section(samples.ECONOMY, ()))).text


@pytest.mark.parametrize(
    "broken", ["{{ nothing_of_that_name }}", "{% if %}", "{{ 1 / 0 }}", "{{ ''.__class__.__mro__ }}"]
)
def test_a_broken_template_is_named(broken: str) -> None:
    templates = mail_templates(DictLoader({"digest.html.j2": "x", "digest.txt.j2": broken}))
    with pytest.raises(TemplateError, match=r"digest\.txt\.j2"):
        render_digest(samples.small_digest(), samples.SENDER, templates)


def test_a_missing_template_is_named() -> None:
    with pytest.raises(TemplateError, match=r"digest\.html\.j2"):
        render_digest(samples.small_digest(), samples.SENDER, mail_templates(DictLoader({})))


def test_a_template_that_can_never_fit_is_refused() -> None:
    templates = mail_templates(DictLoader({"digest.html.j2": "长" * 50_000, "digest.txt.j2": "x"}))
    with pytest.raises(TemplateError, match="100 kB"):
        render_digest(samples.small_digest(), samples.SENDER, templates)


def test_templates_come_from_a_folder_too() -> None:
    assert {"digest.html.j2", "digest.txt.j2"} <= set(mail_templates(SHIPPED).list_templates())


def test_the_article_type_is_enough_to_make_a_mail() -> None:
    bare = ArchivedArticle(
        samples.ROOT, samples.ROOT, Article("photo", "花开"), Folio(), samples.SEEN, samples.SEEN
    )
    assert (
        "花开"
        in rendered(
            samples.digest(Section(samples.ECONOMY, (samples.clipping(samples.ECONOMY, bare, ()),)))
        ).text
    )
