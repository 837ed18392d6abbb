"""Makes page text safe to carry: removes what XML forbids and what reorders text; it escapes nothing.

Removed are control characters, lone surrogates, noncharacters, byte order marks and bidirectional controls
(XML 1.0 §2.2; Unicode Technical Report 36 on spoofing by bidirectional text).
"""

from __future__ import annotations

import re

_NONCHARACTERS = "".join(chr(plane * 0x10000 + last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f"
    "\u061c\u200e\u200f\u202a-\u202e\u2060-\u206f\ud800-\udfff\ufdd0-\ufdef\ufeff" + _NONCHARACTERS + "]"
)
_LINE_ENDS = re.compile("\r\n|[\r\x85\u2028\u2029]")
_TAG_START = re.compile(r"<(?=[A-Za-z/!?])")
_REFERENCE_START = re.compile(r"&(?=#?\w)")
_BLANKS = re.compile("[ \t\n]+")


def inert(text: str) -> str:
    r"""The text without forbidden characters; line ends become "\\n".

    >>> inert("一\x00二\u202e三\ud800\r\n四")
    '一二三\n四'
    """
    return _FORBIDDEN.sub("", _LINE_ENDS.sub("\n", text))


def one_line(text: str) -> str:
    r"""The inert text on one line, runs of blanks made one; the ideographic blank stays as printed.

    >>> one_line(" 春风\r\nBcc: x@example.org　又 绿 ")
    '春风 Bcc: x@example.org　又 绿'
    """
    return _BLANKS.sub(" ", inert(text)).strip(" ")


def plain(text: str) -> str:
    """Text that means the same to a reader that takes it for HTML and to one that does not.

    For fields whose format cannot say which it is: signs that begin a tag or a character reference become
    their full-width forms.

    >>> plain("A<B, <b>粗体</b> &amp; R&D")
    'A＜B, ＜b>粗体＜/b> ＆amp; R＆D'
    """
    return _REFERENCE_START.sub("＆", _TAG_START.sub("＜", text))
