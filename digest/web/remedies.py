"""Says what is wrong with a search in the reader's language, at its place; it reads no search itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from digest.config import Language
from digest.errors import ProfileSyntaxError
from digest.web.language import CHINESE, ENGLISH

_CHINESE: Final = (
    (r"Say what to look for", "只写了不要什么。请加上要找的词，例如 数字经济"),
    (r"An alternative is empty", "“|”两边都要有词"),
    (r"A word is missing; write one on both sides of &", "“&”两边都要有词"),
    (r"A word is missing inside the parentheses", "括号里缺少词"),
    (r"A word is missing at the end", "末尾缺少词"),
    (r"The keyword is empty", "这里缺少词，例如 数字经济"),
    (r"The quote is not closed; end it with (.)", "引号没有结束，请补上 {0}"),
    (r"The parenthesis is not closed", "括号没有结束，请补上 )"),
    (r"No parenthesis is open here", "多了一个 )，请去掉；要找这个符号，请放进引号"),
    (r"A number must follow \^", "^ 后面要写数字，例如 ^2 或 ^0.5"),
    (r"A weight stands once, at the end", "权重只写一次，写在整项末尾，例如 (芯片|半导体)^2"),
    (r"Nothing may follow a weight", "权重后面不能再写别的，请用空格隔开下一项"),
    (r"A weight is above 0 and at most (\w+)", "权重要大于 0，最多 {0}，例如 ^2"),
    (r"An excluded keyword has no weight", "排除的词没有权重，请去掉 ^ 及其后的数字"),
    (r"NEAR stands between two words", "NEAR 写在两个词之间，并写明距离：芯片 NEAR/10 出口"),
    (r"NEAR reaches (\d+)", "NEAR 的距离最多 {0}"),
    (r"NEAR joins (\d+) words at most", "NEAR 最多连接 {0} 个词"),
    (r"NEAR joins words", "NEAR 只连接词和括号里的并列词"),
    (r"\* stands only at the end", "* 只用在字母词的末尾，例如 semi*；要找这个符号，请放进引号"),
    (r"\* is for words in letters", "* 只用于字母词；汉字词本来就能在更长的词里找到"),
    (r"@ names a profile", "@ 指关注词组，不能用来检索；要找这个符号，请放进引号"),
    (r"@ stands at the start", "要找 @，请放进引号"),
    (r"# begins a comment", "# 后面是注释；要找这个符号，请放进引号"),
    (r"Write a least number after a word", "次数写在词的后面，例如 芯片>=2"),
    (r"A least number is 1 or more", "次数至少是 1，例如 >=2"),
    (r"Only words can be counted", "只有词可以计次，条件请写在外面，例如 芯片>=2 & page:1"),
    (r"(\w+): takes words only", "{0}: 后面只能是词，例如 {0}:(芯片|半导体)"),
    (r"Terms side by side must all hold", "并列的各项本来就要同时满足，请去掉 AND；要找这个词，请放进引号"),
    (r"Write \| between alternatives", "“或”写作 |，例如 芯片|半导体；要找 OR 这个词，请放进引号"),
    (r"Write - before what is to be left out", "“非”写作 -，例如 -招聘；要找 NOT 这个词，请放进引号"),
    (r'"(.)" stands at the start of a keyword', "“{0}”写在一项的开头，或放进引号"),
    (r"The kinds of articles are (.+)", "体裁有 {0}"),
    (r"Write page numbers as", "版次写作 page:1 或 page:1..4"),
    (r"Write dates as|.* is no day", "日期写作 date:2031-05-01、date:2031-05 或 date:2031-05-01..2031-05-31"),
    (r"The range ends before it begins", "起止颠倒了，请把较早或较小的写在前面"),
    (r"The exclusion (.+) shuts out all", "{0} 会把含有这个词的稿件全部排除，请去掉其中一项"),
    (r"The keyword is longer than (\d+)|The search is longer than (\d+)", "太长了，请缩短"),
    (r"Something is missing before this", "这里之前缺少连接，请用空格、| 或 & 隔开"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fault:
    """What cannot be understood, with the search around it.

    Attributes:
        before, at, after: The search, in three parts; `at` is empty where something is missing.
        place: Which character it is, counted from 1.
        remedy: How to write it instead.
        language: That of the remedy.
    """

    before: str
    at: str
    after: str
    place: int
    remedy: str
    language: Language


def fault_of(error: ProfileSyntaxError, language: Language) -> Fault:
    """The error as it is shown.

    >>> error = ProfileSyntaxError("A number must follow ^, such as ^2", text="芯片^", position=3)
    >>> fault_of(error, "zh-CN").remedy, fault_of(error, "en").before
    ('^ 后面要写数字，例如 ^2 或 ^0.5', '芯片^')
    """
    place = error.position
    translated = _in_chinese(error.message) if language == CHINESE else None
    return Fault(
        before=error.text[:place],
        at=error.text[place : place + 1],
        after=error.text[place + 1 :],
        place=place + 1,
        remedy=translated or error.message,
        language=CHINESE if translated else ENGLISH,
    )


def _in_chinese(message: str) -> str | None:
    for pattern, chinese in _CHINESE:
        if told := re.match(pattern, message):
            return chinese.format(*told.groups())
    return None
