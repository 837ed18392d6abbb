from __future__ import annotations

import json
from pathlib import Path

import pytest

from digest.cli.ranking import show_ranking

PROFILES = '[[profiles]]\nname = "bridges"\ntitle = "桥梁"\nkeywords = ["大桥", "通车"]\n'
ARTICLES = (
    ("a", "清河大桥通车", "清河大桥昨日通车，北岭镇居民乘车过河。清河大桥长九百米。"),
    ("b", "清河大桥昨通车", "清河大桥昨日通车，北岭镇居民乘车过河。清河大桥长九百米。"),
    (
        "c",
        "城东小学办桥梁课",
        "孩子们用纸板搭出大桥，工程师讲通车的故事，教师说这样的课每月一次，家长也来听。",
    ),
)


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    profiles, articles = tmp_path / "profiles.toml", tmp_path / "articles.jsonl"
    profiles.write_text(PROFILES, encoding="utf-8")
    rows = (
        {"id": name, "headline": head, "paragraphs": [text], "lead": text} for name, head, text in ARTICLES
    )
    articles.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return profiles, articles


def order(files: tuple[Path, Path], capsys: pytest.CaptureFixture[str], diverse: float) -> list[str]:
    show_ranking(*files, json=True, diverse=diverse)
    return [clip["id"] for clip in json.loads(capsys.readouterr().out)["clips"]]


def test_ranking_is_by_score_unless_diversity_is_asked_for(
    files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    plain, diverse = order(files, capsys, 0.0), order(files, capsys, 0.9)
    assert set(plain[:2]) == {"a", "b"}
    assert diverse == [plain[0], "c", plain[1]]


def test_diverse_table_has_the_same_order(
    files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    show_ranking(*files, json=False, diverse=0.9)
    printed = capsys.readouterr().out
    assert printed.index("城东小学") < max(printed.index("大桥通车"), printed.index("大桥昨通车"))
