"""The figures on articles with known relevance; DIGEST_CORPUS names their folder, no part of the project."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from digest.cli.ranking import show_ranking

ALLOWANCE = 0.004


@pytest.mark.parametrize(
    ("folder", "options", "suggest", "reached"),
    [
        (".", [], False, {"AP": 0.835, "nDCG@20": 0.999, "P@100": 0.975}),
        (".", [], True, {"AP": 0.886, "nDCG@20": 0.999, "P@100": 0.987}),
        ("interests", ["--relevant", "2", "--judged-only"], False, {"AP": 0.848, "nDCG@20": 0.885}),
    ],
)
def test_ranking_is_as_good_as_it_was(  # noqa: PLR0913, PLR0917 - fixtures and one case
    corpus: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    folder: str,
    options: list[str],
    suggest: bool,  # noqa: FBT001 - a case
    reached: dict[str, float],
) -> None:
    ranking = corpus / "ranking"
    part = ranking / folder
    show_ranking(part / "profiles.toml", part / "articles.jsonl.gz", json=True, suggest=suggest)
    run = tmp_path / "run.jsonl"
    run.write_text(capsys.readouterr().out, encoding="utf-8")
    scorer = [
        sys.executable,
        str(ranking / "score.py"),
        str(run),
        "--qrels",
        str(part / "qrels.tsv"),
        *options,
    ]
    *_, table = subprocess.run(scorer, check=True, capture_output=True, text=True).stdout.partition("profile")
    head, *_, mean = table.splitlines()
    figures = dict(zip(head.split(), map(float, mean.split()[1:]), strict=True))
    assert {name: figures[name] >= value - ALLOWANCE for name, value in reached.items()} == dict.fromkeys(
        reached, True
    ), figures
