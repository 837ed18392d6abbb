"""How words are used in general, as jieba.analyse has it; loaded when asked, never by a pass."""

from __future__ import annotations

import logging
import math
import warnings
from collections.abc import Mapping, Sequence
from functools import cached_property
from tempfile import TemporaryDirectory
from types import ModuleType


class JiebaUsage:
    """The usage that jieba's table of inverse document frequencies tells, half a second to load.

    Its dictionary, another second, is loaded for `key_words` only: its cuts find names by their characters.
    """

    def share(self, word: str) -> float:
        """In which share of articles of all kinds the word stands; what the table lacks is rare.

        >>> usage = JiebaUsage()
        >>> usage.share("没有") > 0.01 > usage.share("无人机") > usage.share("云溪")
        True
        """
        rarities, unknown = self._rarities
        return math.exp(-rarities.get(word, unknown))

    def key_words(self, text: str, most: int) -> Sequence[str]:
        """The words that stand out most in the text."""
        _load_dictionary()
        return _analyse().extract_tags(text, topK=most)

    @cached_property
    def _rarities(self) -> tuple[Mapping[str, float], float]:
        table = _analyse().default_tfidf
        return table.idf_freq, table.median_idf


def _analyse() -> ModuleType:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # it leaves its table's file open
        import jieba.analyse  # noqa: PLC0415 - slow, see above
    return jieba.analyse


def _load_dictionary() -> None:
    """Without its cache in the temporary folder, which anyone could have put there."""
    import jieba  # noqa: PLC0415 - slow, see above

    if jieba.dt.initialized:
        return
    jieba.setLogLevel(logging.CRITICAL)
    with TemporaryDirectory() as folder:
        jieba.dt.tmp_dir = folder
        jieba.dt.initialize()
