"""Parts of an article on two pages become one article, in whichever order the pages arrive."""

from __future__ import annotations

from itertools import permutations
from uuid import UUID

import pytest

from digest.store import archive
from tests.pipeline.office import Office, page

FRONT = page("清河大桥今日通车", "大桥全长一千二百米").replace(
    "(林一舟)\n", "桥头两侧还将建设\n\n(下转第4版)\n"
)
BACK = (
    "# 清河大桥今日通车\n\n(上接第1版)两座公园,供附近居民散步健身。\n\n"
    "公园预计明年春天开放,届时大桥沿线将形成一条绿道。(王小满)\n"
)
FILES = {"晨报_2031-05-06_1.md": FRONT, "晨报_2031-05-06_4.md": BACK}


def articles(office: Office) -> list[archive.ArchivedArticle]:
    with office.desk.store.read() as tx:
        return archive.latest_updates(tx, 20)


def test_pages_read_together_give_one_article(office: Office) -> None:
    for name, content in FILES.items():
        office.drop(name, content)
    done = office.work(at_once=True)
    [whole] = articles(office)
    assert "还将建设两座公园" in "".join(whole.article.paragraphs)
    assert whole.article.byline == ("林一舟", "王小满")
    assert whole.updated == whole.first_seen, "no correction"
    assert done.matched.clips == 1


@pytest.mark.parametrize("order", list(permutations(FILES)))
def test_article_keeps_its_id_when_the_other_part_arrives(office: Office, order: tuple[str, str]) -> None:
    office.drop(order[0], FILES[order[0]])
    office.work()
    [half] = articles(office)
    office.pass_time(hours=1)
    office.drop(order[1], FILES[order[1]])
    office.work()
    [whole] = articles(office)
    assert whole.id == half.id
    assert whole.updated > half.updated
    assert "还将建设两座公园" in "".join(whole.article.paragraphs)


def test_parts_stand_apart_again_when_a_revision_undoes_the_jump(office: Office) -> None:
    for name, content in FILES.items():
        office.drop(name, content)
    office.work()
    office.pass_time(hours=1)
    office.drop(
        "晨报_2031-05-06_4.md", BACK.replace("(上接第1版)", "").replace("# 清河大桥今日通车", "# 两座公园")
    )
    office.work()
    assert len(articles(office)) == 2


def test_second_pass_joins_nothing_again(office: Office) -> None:
    for name, content in FILES.items():
        office.drop(name, content)
    office.work()
    [before] = articles(office)
    office.pass_time(hours=1)
    office.work()
    assert articles(office) == [before]


def test_id_of_a_joined_part_gives_the_whole(office: Office) -> None:
    office.drop("晨报_2031-05-06_1.md", FRONT)
    office.work()
    office.pass_time(hours=1)
    office.drop("晨报_2031-05-06_4.md", BACK)
    office.work()
    [whole] = articles(office)
    with office.desk.store.read() as tx:
        [part] = archive.on_page(tx, _page_of(office, 4))
        found = archive.article(tx, part.id)
    assert part.id != whole.id
    assert part.article.paragraphs[0].startswith("两座公园")
    assert found == whole


def _page_of(office: Office, number: int) -> UUID:
    with office.desk.store.read() as tx:
        folio = archive.latest_updates(tx, 1)[0].folio
        found = archive.page_numbered(tx, folio, number)
    assert found
    return found
