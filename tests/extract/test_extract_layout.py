from digest.extract import extract_page
from digest.extract.evidence import Evidence
from digest.extract.page import place_units
from digest.extract.roles import BEGINNINGS, FIRST, MOVES, SIGNS, STATES
from digest.extract.weights import WEIGHTS

_LISTED = """河湾新桥通车

本报讯（记者 林小满）河湾新桥建成通车，两岸往来只需五分钟。

（一）桥面限速四十公里

新桥桥面不许停车，货车改走下游旧桥。
"""


def test_a_numbered_line_is_no_headline() -> None:
    articles = extract_page(_LISTED).articles
    assert [article.headline for article in articles] == ["河湾新桥通车"]
    assert "（一）桥面限速四十公里" in articles[0].paragraphs


def test_nothing_goes_on_before_an_article_has_begun() -> None:
    assert STATES[FIRST].last == "loose"
    for moves in MOVES.values():
        assert {move.role for move in moves[FIRST]} <= {"loose"}


def test_every_beginning_leads_to_the_role_it_begins_in() -> None:
    for sort in ("body", "short", "credit", "label"):
        for signs in SIGNS:
            for role, after in BEGINNINGS[sort, signs]:
                assert STATES[after].last == role


def test_reasons_are_those_of_the_table() -> None:
    _, placed = place_units(_LISTED, [])
    reasons = {name for item in placed for name, _ in (*item.why, *item.began)}
    assert reasons
    assert reasons <= set(WEIGHTS)


def test_an_empty_page_has_no_evidence() -> None:
    assert Evidence([]).ends(0)["whole"] == 0
