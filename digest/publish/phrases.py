"""What feeds and mails say in their own words, once for each language; page texts never come from here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from digest.model import Zone


@dataclass(frozen=True, slots=True)
class Phrases:
    """The phrases of one language; those with braces are filled by `str.format`."""

    language: str
    # Reasons
    zones: Mapping[Zone, str]
    adjustments: Mapping[str, str]
    times: str
    times_parted: str
    keyword_reason: str
    adjustment_reason: str
    reasons_parted: str
    # Sources and dates
    date_gap: str
    page_gap: str
    paper: str
    page: str
    names_parted: str
    long_date: str
    short_date: str
    day_and_weekday: str
    months: tuple[str, ...]
    weekdays: tuple[str, ...]
    # Feeds
    untitled: str
    why: str
    score: str
    also_in: str
    outlets: str
    follows: str
    # Mail
    number: str
    subject: str
    count: str
    headlines_parted: str
    contents: str
    chosen: str
    more: str
    on_the_story: str
    held_alike: str
    omitted: str
    shortened: str
    nothing: str
    tally: str
    tally_missing: str
    tally_corrected: str
    corrections: str
    former_headline: str
    changed_text: str
    alert: str
    alert_subject: str
    and_more: str
    unsubscribe: str
    preferences: str
    on_the_web: str


CHINESE = Phrases(
    language="zh-CN",
    zones=MappingProxyType(
        {"headline": "标题", "kicker": "肩题", "deck": "副题", "lead": "导语", "body": "正文"}
    ),
    adjustments=MappingProxyType({"parts": "用字相近", "recency": "时效", "prominence": "版面位置"}),
    times="{zone}{count}次",
    times_parted="、",
    keyword_reason="{label}：{where}，{points}分",
    adjustment_reason="{label}：{points}分",
    reasons_parted="；",
    date_gap="",
    page_gap=" ",
    paper="《{paper}》",
    page="第{page}版",
    names_parted="、",
    long_date="{year}年{month}月{day}日",
    short_date="{month}月{day}日",
    day_and_weekday="{date} {weekday}",
    months=tuple(str(month) for month in range(1, 13)),
    weekdays=tuple(f"星期{day}" for day in "一二三四五六日"),
    untitled="（无题）",
    why="入选「{profile}」{score}分的理由",
    score="{score}分",
    also_in="另见",
    outlets="{also_in} {sources}，共{count}处",
    follows="持续跟踪：",
    number="第{number}期",
    subject="{title} {number} · {date} · {count}",
    count="{count}条",
    headlines_parted="；",
    contents="本期要目",
    chosen="入选理由：",
    more="等{count}处",
    on_the_story="同题另有{count}篇未刊",
    held_alike="其中{alike}篇与刊出的同题。",
    omitted="另有{count}条，请在网上阅读",
    shortened="本期内容较多，邮件已从简；全文与入选理由请在网上阅读。",
    nothing="本期没有符合关注词的稿件。",
    tally="读报{pages}版，得稿{articles}篇，符合关注词{matched}篇，刊出{shown}篇，合并转载{folded}篇，未刊{held}篇。",
    tally_missing="尚缺{missing}版。",
    tally_corrected="更新{corrected}篇。",
    corrections="更新",
    former_headline="更新：标题原为「{former}」",
    changed_text="更新：标题未变，正文或署名有改动",
    alert="快讯",
    alert_subject="快讯：{headline}",
    and_more="{headline}等{count}条",
    unsubscribe="退订",
    preferences="订阅设置",
    on_the_web="在网上阅读",
)

ENGLISH = Phrases(
    language="en",
    zones=MappingProxyType(
        {"headline": "headline", "kicker": "kicker", "deck": "deck", "lead": "lead", "body": "body"}
    ),
    adjustments=MappingProxyType(
        {"parts": "kindred words", "recency": "recency", "prominence": "prominence"}
    ),
    times="{zone} ×{count}",
    times_parted=", ",
    keyword_reason="{label}: {where}, {points} points",
    adjustment_reason="{label}: {points} points",
    reasons_parted="; ",
    date_gap=", ",
    page_gap=", ",
    paper="{paper}",
    page="page {page}",
    names_parted=", ",
    long_date="{day} {month} {year}",
    short_date="{day} {month}",
    day_and_weekday="{weekday}, {date}",
    months=("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    weekdays=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    untitled="(no headline)",
    why="Why it is in {profile} with {score} points",
    score="{score} points",
    also_in="Also in",
    outlets="{also_in} {sources}: {count} places",
    follows="Earlier on this story: ",
    number="No. {number}",
    subject="{title} {number} · {date} · {count}",
    count="{count} clippings",
    headlines_parted="; ",
    contents="In this digest",
    chosen="Chosen for: ",
    more="and {count} more",
    on_the_story="{count} more on this story",
    held_alike=" Of those, {alike} on stories shown.",
    omitted="{count} more on the web",
    shortened="This digest was shortened to fit into a mail; texts and reasons are on the web.",
    nothing="No article matched the keywords this time.",
    tally="Pages read: {pages}. Articles found: {articles}; matched: {matched}; shown: {shown}; "
    "reprints folded: {folded}; held back: {held}.",
    tally_missing=" Pages missing: {missing}.",
    tally_corrected=" Updated: {corrected}.",
    corrections="Updated",
    former_headline="Updated: the headline was “{former}”",
    changed_text="Updated: the headline is the same, text or credits changed",
    alert="Alert",
    alert_subject="Alert: {headline}",
    and_more="{headline}, and {count} in all",
    unsubscribe="Unsubscribe",
    preferences="Preferences",
    on_the_web="Read on the web",
)


def phrases(language: str) -> Phrases:
    """The phrases for a BCP 47 tag: Chinese for any kind of Chinese, English otherwise.

    >>> phrases("zh-Hant-TW").language, phrases("de").language
    ('zh-CN', 'en')
    """
    return CHINESE if language.lower().split("-")[0] == "zh" else ENGLISH


def printed_date(day: date, language: str, *, near: date | None = None) -> str:
    """The date as people write it; without the year when that is the year of `near`.

    >>> printed_date(date(2025, 3, 4), "zh-CN"), printed_date(date(2025, 3, 4), "en", near=date(2025, 1, 1))
    ('2025年3月4日', '4 Mar')
    """
    words = phrases(language)
    form = words.short_date if near and near.year == day.year else words.long_date
    return form.format(year=day.year, month=words.months[day.month - 1], day=day.day)


def full_date(day: date, language: str) -> str:
    """The date with the day of the week.

    >>> full_date(date(2025, 3, 4), "zh-CN"), full_date(date(2025, 3, 4), "en")
    ('2025年3月4日 星期二', 'Tuesday, 4 Mar 2025')
    """
    words = phrases(language)
    return words.day_and_weekday.format(
        date=printed_date(day, language), weekday=words.weekdays[day.weekday()]
    )


def counted(count: int, language: str) -> str:
    """How many clippings.

    >>> counted(5, "zh-CN"), counted(1, "en")
    ('5条', '1 clipping')
    """
    said = phrases(language).count.format(count=count)
    return said.removesuffix("s") if count == 1 else said
