"""Chooses the language of a page from what the browser says; it knows no phrases."""

from __future__ import annotations

from digest.config import Language

COOKIE = "lang"
"""Remembers the language a reader chose by a link; it holds nothing else."""

CHINESE: Language = "zh-CN"
ENGLISH: Language = "en"
LANGUAGES: tuple[Language, ...] = (CHINESE, ENGLISH)


def language_named(tag: str | None) -> Language | None:
    """Our language for a BCP 47 tag, None when we do not speak it.

    >>> language_named("zh-Hant-TW"), language_named("en"), language_named("fr"), language_named(None)
    ('zh-CN', 'en', None, None)
    """
    match (tag or "").strip().lower().split("-")[0]:
        case "zh":
            return CHINESE
        case "en":
            return ENGLISH
        case _:
            return None


def preferred(accept_language: str, default: Language) -> Language:
    """The language of ours the header wants most (RFC 9110 §12.5.4), else the default.

    >>> preferred("fr, en;q=0.8, zh;q=0.3", "zh-CN"), preferred("", "zh-CN"), preferred("en;q=0", "zh-CN")
    ('en', 'zh-CN', 'zh-CN')
    """
    best: Language = default
    best_quality = 0.0
    for item in accept_language.split(","):
        tag, _, parameter = item.partition(";")
        language, quality = language_named(tag), _quality(parameter)
        if language and quality > best_quality:
            best, best_quality = language, quality
    return best


def _quality(parameter: str) -> float:
    name, _, value = parameter.strip().partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0


def language_of_text(text: str) -> str:
    """The tag a browser needs to choose the right letters for a printed text.

    >>> language_of_text("A股与5G"), language_of_text("Rain expected"), language_of_text("东京は雨")
    ('zh-CN', 'en', 'ja')
    """
    if any("\u3041" <= character <= "\u30fe" for character in text):
        return "ja"
    return CHINESE if any("\u3400" <= character <= "\u9fff" for character in text) else ENGLISH
