"""What letters say in their own words, once for each language."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LetterWords:
    """The words of one language; those with braces are filled by `str.format`."""

    language: str
    parted: str
    confirm_subject: str
    confirm_greeting: str
    confirm_lines: tuple[str, ...]
    confirm_button: str
    confirm_closing: tuple[str, ...]


CHINESE = LetterWords(
    language="zh-CN",
    parted="、",
    confirm_subject="请确认订阅：{title}",
    confirm_greeting="您好！",
    confirm_lines=(
        "有人用这个邮箱地址申请订阅《{title}》（{profiles}）。",
        "如果是您本人，请打开下面的页面，按一下“确认订阅”。确认之前，我们不会寄出任何剪报。",
    ),
    confirm_button="去确认订阅",
    confirm_closing=(
        "链接七天内有效，只能用一次。",
        "如果不是您申请的，不必理会这封信，此后不会再收到来信。",
    ),
)

ENGLISH = LetterWords(
    language="en",
    parted=", ",
    confirm_subject="Please confirm: {title}",
    confirm_greeting="Hello,",
    confirm_lines=(
        "somebody asked for “{title}” ({profiles}) to be mailed to this address.",
        "If it was you, open the page below and press “Confirm”. Until then no digest is sent.",
    ),
    confirm_button="To the confirmation",
    confirm_closing=(
        "The link is good for seven days, and once.",
        "If it was not you, ignore this letter; nothing more will come.",
    ),
)


def letter_words(language: str) -> LetterWords:
    """The words of a language tag; English for all but Chinese.

    >>> letter_words("zh-Hans").language, letter_words("de").language
    ('zh-CN', 'en')
    """
    return CHINESE if language.lower().startswith("zh") else ENGLISH
