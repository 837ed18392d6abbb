"""What becomes of reprints when the article that stands for them changes or goes."""

from __future__ import annotations

from tests.pipeline.office import Office, page

BRIDGE = page("清河大桥今日通车", "大桥全长一千二百米,双向四车道通车")
SCHOOL = page("城东小学迎来新教师", "小学新增教师三十名,教师队伍更加年轻")
FAIR = page("云溪书展开幕", "书展展出图书三万册,小学教师可免费参观")
TUNNEL = page("南山隧道通车", "隧道通车后,进山不必再翻两座岭")


def entries(office: Office, profile: str = "bridges") -> int:
    return (office.folder / "var" / "feeds" / f"{profile}.atom").read_bytes().count(b"<entry>")


def printed_twice(office: Office) -> None:
    office.drop("晨报_2031-05-06_1.md", BRIDGE + "\n" + FAIR)
    office.work()
    office.pass_time(hours=2)
    office.drop("晚报_2031-05-06_1.md", BRIDGE)
    office.work()
    assert entries(office) == 1


def test_reprint_stands_for_itself_when_the_first_printing_is_withdrawn(office: Office) -> None:
    printed_twice(office)
    office.pass_time(hours=1)
    office.drop("晨报_2031-05-06_1.md", FAIR)
    office.work()
    assert entries(office) == 1
    assert "晚报".encode() in (office.folder / "var" / "feeds" / "bridges.atom").read_bytes()


def test_reprint_stands_for_itself_when_the_first_printing_tells_something_else(office: Office) -> None:
    printed_twice(office)
    office.pass_time(hours=1)
    office.drop("晨报_2031-05-06_1.md", TUNNEL + "\n" + FAIR)
    office.work()
    assert entries(office) == 2


def test_three_printings_are_one_clip_again_when_the_first_is_withdrawn(office: Office) -> None:
    printed_twice(office)
    office.pass_time(hours=1)
    office.drop("午报_2031-05-07_1.md", BRIDGE)
    office.work()
    office.pass_time(hours=1)
    office.drop("晨报_2031-05-06_1.md", FAIR)
    office.work()
    assert entries(office) == 1


def test_printing_that_is_corrected_into_another_story_hides_none(office: Office) -> None:
    printed_twice(office)
    office.drop("午报_2031-05-06_1.md", TUNNEL)
    office.work()
    assert entries(office) == 2
    office.pass_time(hours=1)
    office.drop("晨报_2031-05-06_1.md", TUNNEL + "\n" + FAIR)
    office.work()
    assert entries(office) == 2
