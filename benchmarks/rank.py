"""Measures how fast an article finds its profiles, side by side with perq and a loop on the same matches.

python -m benchmarks.rank [--profiles 10000 100000] [--articles 200]     (perq: pip install perq)

Profiles have 3 to 8 keywords drawn Zipf-like from the nouns of jieba's dictionary, some required, excluded,
joined or synonymous. Articles are of 500 characters: words as frequent as in the dictionary, one in fifteen
drawn as keywords are. perq knows no exclusions, so what it finds is sieved by them; nor does it know Chinese,
so it is handed the words that were seen, which costs it nothing in the first column. Times are of the
processor, the best of three runs.
"""

# ruff: noqa: PLR2004, S311 - shares and draws that are the benchmark's own, always the same

from __future__ import annotations

import argparse
import random
import resource
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import import_module
from itertools import accumulate
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from digest.model import ArchivedArticle, Article, Folio, Profile
from digest.rank.choice import choose
from digest.rank.evidence import View
from digest.rank.expression import AnyOf, Expression, Words, parts_of
from digest.rank.reading import Reading, read_article
from digest.rank.register import Register
from digest.rank.terms import Terms

SEED: Final = 20310506
VOCABULARY: Final = 30_000
LENGTH: Final = 500
_SEEN: Final = datetime(2031, 5, 6, tzinfo=UTC)
_LOOPED: Final = 5
"""Articles for the plain loop, which takes seconds for each."""
_CHANGES: Final = 200


@dataclass(frozen=True)
class Lexicon:
    """Words with their summed frequencies, and the keywords, commonest first."""

    words: list[str]
    frequencies: list[int]
    keywords: list[str]
    weights: list[float]


def lexicon() -> Lexicon:
    """The dictionary's words; the keywords are nouns of its middle range."""
    path = Path(str(import_module("jieba").__file__)).parent / "dict.txt"
    rows = [line.split() for line in path.read_text(encoding="utf-8").splitlines()]
    nouns = [row for row in rows if row[2][0] == "n" and 2 <= len(row[0]) <= 5 and 3 < int(row[1]) < 3_000]
    draw = random.Random(SEED)
    keywords = [row[0] for row in draw.sample(nouns, VOCABULARY)]
    weights = list(accumulate(1 / (rank + 300) for rank in range(VOCABULARY)))
    return Lexicon([row[0] for row in rows], list(accumulate(int(row[1]) for row in rows)), keywords, weights)


def keywords_of(words: Lexicon, draw: random.Random) -> tuple[str, ...]:
    """The keywords of a profile, none twice."""
    many = draw.randint(3, 8)
    drawn = draw.choices(words.keywords, cum_weights=words.weights, k=3 * many)
    pool = iter(dict.fromkeys(drawn))
    terms = [_term(next(pool), pool, draw) for _ in range(many)]
    if draw.random() < 0.15:
        terms[0] = "+" + terms[0].partition(" ")[0]
    if draw.random() < 0.3:
        others = (word for word in pool if not any(word in term for term in terms))
        terms.append("-" + next(others, "招聘"))
    return tuple(terms)


def _term(word: str, pool: Iterator[str], draw: random.Random) -> str:
    chance = draw.random()
    if chance < 0.1:
        return f"{word} & {next(pool, word)}"
    if chance < 0.2:
        return f"{word} | {next(pool, word)}"
    return f"{word}^{draw.randint(2, 5)}" if chance < 0.4 else word


def profiles(words: Lexicon, many: int) -> list[Profile]:
    """So many profiles that can all be used."""
    draw = random.Random(SEED + many)
    return [
        Profile(UUID(int=number + 1), f"p{number}", "关注", keywords_of(words, draw))
        for number in range(many)
    ]


def articles(words: Lexicon, many: int) -> list[ArchivedArticle]:
    """Articles of a headline and five paragraphs."""
    draw = random.Random(SEED)
    return [_article(number, words, draw) for number in range(many)]


def _article(number: int, words: Lexicon, draw: random.Random) -> ArchivedArticle:
    headline, *paragraphs = (prose(words, draw, length) for length in (20, 96, 96, 96, 96, 96))
    article = Article(kind="news", headline=headline, lead=paragraphs[0], paragraphs=tuple(paragraphs))
    return ArchivedArticle(UUID(int=number + 1), UUID(int=1), article, Folio(), _SEEN, _SEEN)


def prose(words: Lexicon, draw: random.Random, length: int) -> str:
    """Words in clauses, cut to the length."""
    text = ""
    while len(text) < length:
        many = draw.randint(4, 9)
        drawn = draw.choices(words.words, cum_weights=words.frequencies, k=many)
        told = draw.choices(words.keywords, cum_weights=words.weights, k=many)
        text += "".join(b if draw.random() < 1 / 15 else a for a, b in zip(drawn, told, strict=True)) + "，"
    return text[: length - 1] + "。"


class Perq:
    """The profiles as perq's queries: clauses of alternatives; of a row of clauses one query."""

    def __init__(self, perq: Any, terms: Iterable[Terms]) -> None:  # noqa: ANN401 - it is not installed everywhere
        store = perq.MemoryStore()
        queries: list[Any] = []
        self._shut: dict[int, frozenset[str]] = {}
        for each in terms:
            number = each.profile.id.int
            self._shut[number] = each.excluded_keys
            queries += [perq.Query(f"{number}/{row}", rows) for row, rows in enumerate(clauses_of(each))]
        perq.index(queries, store)
        self._matcher, self._document = perq.QueryMatcher(store), perq.Document

    def __call__(self, seen: frozenset[str]) -> set[int]:
        found = {int(name.partition("/")[0]) for name in self._matcher.matches(self._document(seen))}
        return {number for number in found if self._shut[number].isdisjoint(seen)}


def clauses_of(terms: Terms) -> list[list[tuple[str, ...]]]:
    """Rows of clauses of which one row must be met; words and synonyms stand together in the first."""
    required = [_clauses(keyword.expression) for keyword in terms.required]
    shared = [clause for clauses in required for clause in clauses]
    rows = [_clauses(keyword.expression) for keyword in terms.adding if keyword.part == "wanted"]
    singles = [word for row in rows if len(row) == 1 for word in row[0]]
    joined = [row for row in rows if len(row) > 1]
    return [[*row, *shared] for row in ([[tuple(singles)]] if singles else []) + joined]


def _clauses(expression: Expression) -> list[tuple[str, ...]]:
    if isinstance(expression, Words):
        return [(expression.key,)]
    each = [clause for part in parts_of(expression) for clause in _clauses(part)]
    return [tuple(word for clause in each for word in clause)] if isinstance(expression, AnyOf) else each


def loop(terms: Sequence[Terms], archived: ArchivedArticle, reading: Reading) -> set[int]:
    """Every profile asked by itself."""
    view = View(archived, reading)
    return {each.profile.id.int for each in terms if choose(each, view) is not None}


def per_second(work: Callable[[], object], many: int) -> float:
    """The best of three runs, which other programs disturb least."""
    best = min(_seconds(work) for _ in range(3))
    return many / best


def _seconds(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def resident() -> float:
    """The memory in use, in MB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 1e6


def measure(words: Lexicon, archive: Sequence[ArchivedArticle], many: int) -> None:
    before = resident()
    wanted = profiles(words, many)
    register, took = None, -time.process_time()
    register = Register(wanted)
    readings = [read_article(a.article, register.matcher) for a in archive]
    took += time.process_time()
    after = resident()
    pairs = list(zip(archive, readings, strict=True))
    found = [{each.int for each in register.selecting(*pair)} for pair in pairs]
    matches = sum(map(len, found)) / len(found)
    hits = sum(sum(map(len, reading.sightings.values())) for reading in readings) / len(readings)
    print(f"\n{many:,} profiles, {len(archive)} articles of {LENGTH} characters")
    print(f"  hits {hits:.1f}, profiles selected {matches:.1f} an article")
    memory = f"{after - before:.0f} MB more, {after:.0f} MB the whole process"
    print(f"  built in {took:.1f} s; memory for profiles and register: {memory}")
    print(f"  {'articles a second':28}{'selecting':>12}{'with reading':>14}")
    reading = per_second(lambda: [read_article(a.article, register.matcher) for a in archive], len(archive))
    _row("register", per_second(lambda: [register.selecting(*pair) for pair in pairs], len(pairs)), reading)
    _measure_perq(register, readings, found, reading)
    terms, some = list(register.all_terms()), pairs[:_LOOPED]
    assert [loop(terms, *pair) for pair in some] == found[:_LOOPED]
    _row("plain loop", per_second(lambda: [loop(terms, *pair) for pair in some], len(some)), reading)
    print(f"  one profile changed, until the next article was read: {_changes(register, words, archive)}")


def _measure_perq(
    register: Register, readings: Sequence[Reading], found: Sequence[set[int]], reading: float
) -> None:
    try:
        perq = Perq(import_module("perq"), register.all_terms())
    except ImportError:
        print("  perq is not installed")
        return
    seen = [frozenset(each.sightings) for each in readings]
    assert [perq(each) for each in seen] == list(found)
    _row("perq", per_second(lambda: [perq(each) for each in seen], len(seen)), reading)


def _row(name: str, rate: float, reading: float) -> None:
    print(f"  {name:28}{rate:>12,.0f}{1 / (1 / rate + 1 / reading):>14,.0f}")


def _changes(register: Register, words: Lexicon, archive: Sequence[ArchivedArticle]) -> str:
    draw = random.Random(SEED)
    took: list[float] = []
    for number in range(_CHANGES):
        keywords = (*keywords_of(words, draw), f"新词{number}")
        changed = Profile(UUID(int=draw.randint(1, len(register))), "p", "关注", keywords)
        article = archive[number % len(archive)]
        before = _seconds(lambda a=article: read_article(a.article, register.matcher))
        started = time.process_time()
        register.put(changed)
        reading = read_article(article.article, register.matcher)
        took.append(time.process_time() - started - before)
        register.selecting(article, reading)
        register.put(Profile(changed.id, "p", "关注", keywords))
    return f"median {sorted(took)[len(took) // 2] * 1e3:.2f} ms, longest {max(took) * 1e3:.1f} ms"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--profiles", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--articles", type=int, default=200)
    chosen = parser.parse_args()
    words = lexicon()
    archive = articles(words, chosen.articles)
    for many in chosen.profiles:
        measure(words, archive, many)


if __name__ == "__main__":
    main()
