"""Editors write profiles, try them out on the archive, take them out of use and bring them back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher

from digest.pipeline import passwords
from digest.pipeline.explain import explain_article
from digest.pipeline.preview import preview
from digest.store import profile_versions, profiles
from tests.pipeline.office import page
from tests.web.editing_office import EditingOffice, sent, token_of

FIELDS = {
    "name": "lamps",
    "title": "路灯",
    "keywords": "路灯^3\n灯光\n-招聘",
    "threshold": "5",
    "public": "yes",
    "language": "zh-CN",
}


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    cheap = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    monkeypatch.setattr(passwords, "hasher", lambda: cheap)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[EditingOffice]:
    made = EditingOffice.made(tmp_path / "office")
    made.office.drop("a.txt", page("清河大桥路灯亮了", "大桥通车,路灯全部亮起"))
    made.office.drop("b.txt", page("城东小学迎来新教师", "小学新增教师三十名"))
    made.office.work()
    yield made
    made.office.desk.store.close()


@pytest.fixture
def browser(office: EditingOffice) -> Any:
    return office.editor()


def save(browser: Any, path: str = "/edit/profiles/new", **fields: str) -> Any:
    return sent(browser, path, **(FIELDS | {"save": "yes"} | fields))


def in_use(office: EditingOffice) -> list[str]:
    office.office.work()
    with office.desk.store.read() as tx:
        return [each.name for each in profiles.list_profiles(tx)]


def test_saved_profile_clips_with_the_next_pass_like_a_configured_one(
    office: EditingOffice, browser: Any
) -> None:
    answer = save(browser)
    assert (answer.status_code, answer.headers["location"]) == (303, "../../edit/profiles/lamps?saved=yes")
    assert in_use(office) == ["bridges", "schools", "lamps"]
    reader = office.browser()
    assert "清河大桥路灯亮了" in reader.get("/profiles/lamps").text
    assert "城东小学" not in reader.get("/profiles/lamps").text
    assert "路灯" in reader.get("/").text
    assert reader.get("/feeds/lamps.atom").status_code == 200


def test_profile_stays_over_passes_and_changes_of_the_configuration(
    office: EditingOffice, browser: Any
) -> None:
    save(browser)
    office.office.configure(office.office.settings.replace('"桥梁"', '"桥"'))
    assert in_use(office) == ["bridges", "schools", "lamps"]
    assert in_use(office) == ["bridges", "schools", "lamps"]


def test_profile_is_changed_in_place(office: EditingOffice, browser: Any) -> None:
    save(browser)
    in_use(office)
    save(browser, "/edit/profiles/lamps", name="other", keywords="教师", title="教师")
    assert in_use(office) == ["bridges", "schools", "lamps"]
    assert "城东小学" in office.browser().get("/profiles/lamps").text


def test_private_profile_is_seen_by_editors_alone(office: EditingOffice, browser: Any) -> None:
    fields = {key: value for key, value in FIELDS.items() if key != "public"}
    sent(browser, "/edit/profiles/new", **fields, save="yes")
    in_use(office)
    assert office.browser().get("/profiles/lamps").status_code == 404
    assert "不公开" in browser.get("/edit/profiles").text


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "Lamps"}, {"name": "a b"}, {"name": "../x"}, {"name": "all"}, {"name": "new"}, {"name": ""},
        {"name": "bridges"}, {"title": ""}, {"title": "x" * 101}, {"title": "a\x00b"}, {"threshold": "101"},
        {"threshold": "nan"}, {"threshold": "many"}, {"keywords": ""}, {"keywords": "-招聘"},
        {"keywords": "芯片 |"}, {"keywords": "@nobody"}, {"keywords": "\n".join(map(str, range(501)))},
    ],
)  # fmt: skip
def test_what_cannot_be_a_profile_is_kept_in_the_form_and_not_saved(
    office: EditingOffice, browser: Any, wrong: dict[str, str]
) -> None:
    answer = save(browser, **wrong)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    with office.desk.store.read() as tx:
        assert profile_versions.in_force(tx) == []


def test_name_is_taken_by_one_profile(office: EditingOffice, browser: Any) -> None:
    save(browser)
    assert save(browser, title="另一个").status_code == 422
    assert save(browser, "/edit/profiles/bridges").status_code == 404
    office.office.configure(
        office.office.settings + '\n[[profiles]]\nname = "lamps"\ntitle = "灯"\nkeywords = ["灯光"]\n'
    )
    assert in_use(office) == ["bridges", "schools", "lamps"]
    with office.desk.store.read() as tx:
        mine = profiles.profile_named(tx, "lamps")
    assert mine
    assert mine.title == "灯"


def test_configured_profile_is_read_only_and_can_be_copied(browser: Any) -> None:
    shown = browser.get("/edit/profiles/bridges").text
    assert "<textarea" not in shown
    assert "大桥^2" in shown
    copy = browser.get("/edit/profiles/new?copy=bridges").text
    assert 'value="bridges-2"' in copy
    assert "大桥^2\n通车" in copy
    assert browser.get("/edit/profiles/new?copy=nobody").status_code == 404


def test_preview_is_that_of_production(office: EditingOffice, browser: Any) -> None:
    answer = sent(browser, "/edit/profiles/new", **FIELDS, preview="yes")
    save(browser)
    in_use(office)
    with office.desk.store.read() as tx:
        stored = profiles.profile_named(tx, "lamps")
    assert stored
    now = preview(office.desk, stored, 30)
    assert now.selected == 1
    assert re.search(r'<span class="figure">1</span>', answer.text)
    assert "清河大桥路灯亮了" in answer.text
    with office.desk.store.read() as tx:
        assert len(profile_versions.in_force(tx)) == 1


def test_preview_tells_what_a_change_gains_and_loses(office: EditingOffice, browser: Any) -> None:
    save(browser)
    in_use(office)
    fields = FIELDS | {"keywords": "教师"}
    shown = sent(browser, "/edit/profiles/lamps", **fields, preview="yes").text
    gained, lost = shown.index("新增"), shown.index("失去")
    assert gained < shown.index("城东小学迎来新教师", gained) < lost
    assert "清河大桥路灯亮了" in shown[lost:]


def test_preview_for_the_script_is_the_same_piece_alone(office: EditingOffice, browser: Any) -> None:
    answer = sent(browser, "/edit/preview", **FIELDS)
    assert answer.status_code == 200
    assert "<html" not in answer.text
    assert "清河大桥路灯亮了" in answer.text
    assert browser.post("/edit/preview", data=FIELDS).status_code == 403
    assert office.browser().post("/edit/preview", data=FIELDS).status_code == 303


@pytest.mark.parametrize(("keywords", "severity"), [("芯片 |", "error"), ("A OR B", "warning")])
def test_remarks_are_told_as_one_types(browser: Any, keywords: str, severity: str) -> None:
    shown = sent(browser, "/edit/preview", **(FIELDS | {"keywords": keywords})).text
    assert f'class="remark-box {severity}"' in shown
    assert ('class="figure"' in shown) == (severity == "warning")


def test_hostile_profile_stays_text(browser: Any) -> None:
    evil = "</textarea><script>alert(1)</script>"
    answer = sent(
        browser, "/edit/profiles/new", **(FIELDS | {"title": evil, "keywords": evil}), preview="yes"
    )
    assert "<script>alert" not in answer.text
    assert answer.text.count("<script") == 1


def test_script_is_ours_and_nothing_is_inline(browser: Any) -> None:
    answer = browser.get("/edit/profiles/new")
    policy = answer.headers["content-security-policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    [source] = re.findall(r'<script src="([^"]+)" defer></script>', answer.text)
    script = browser.get("/" + source.replace("../", ""))
    assert script.headers["content-type"] == "text/javascript; charset=utf-8"
    assert not re.search(r"\son\w+=|style=", answer.text)


def test_every_version_is_kept_and_can_be_restored(office: EditingOffice, browser: Any) -> None:
    save(browser)
    save(browser, "/edit/profiles/lamps", keywords="教师")
    save(browser, "/edit/profiles/lamps", keywords="教师")
    assert sent(browser, "/edit/profiles/lamps", restore="1").status_code == 303
    with office.desk.store.read() as tx:
        versions = profile_versions.history(tx, "lamps")
    assert [each.number for each in versions] == [3, 2, 1]
    assert versions[0].profile == versions[2].profile
    assert {each.editor for each in versions} == {"he"}
    for number in ("9", "x", "-1", "9" * 30):
        assert sent(browser, "/edit/profiles/lamps", restore=number).status_code == 422


def test_profile_out_of_use_is_gone_and_comes_back(office: EditingOffice, browser: Any) -> None:
    save(browser)
    in_use(office)
    assert sent(browser, "/edit/profiles/lamps", retire="yes").status_code == 422
    assert sent(browser, "/edit/profiles/lamps", retire="yes", sure="yes").status_code == 303
    assert in_use(office) == ["bridges", "schools"]
    assert office.browser().get("/profiles/lamps").status_code == 410
    assert office.browser().get("/feeds/lamps.atom").status_code == 410
    assert sent(browser, "/edit/profiles/lamps", restore="1").status_code == 303
    assert in_use(office) == ["bridges", "schools", "lamps"]
    assert "清河大桥路灯亮了" in office.browser().get("/profiles/lamps").text


def test_includes_reach_both_sorts_of_profiles(office: EditingOffice, browser: Any) -> None:
    save(browser, keywords="@schools")
    save(browser, name="both", title="两样", keywords="@lamps\n@bridges")
    in_use(office)
    with office.desk.store.read() as tx:
        both = profiles.profile_named(tx, "both")
    assert both
    assert both.keywords == ("小学^2", "教师", "大桥^2", "通车")


def test_profile_whose_include_has_gone_stays_as_it_was(office: EditingOffice, browser: Any) -> None:
    save(browser)
    save(browser, name="more", title="更多", keywords="@lamps\n教师")
    in_use(office)
    sent(browser, "/edit/profiles/lamps", retire="yes", sure="yes")
    assert in_use(office) == ["bridges", "schools", "more"]
    with office.desk.store.read() as tx:
        more = profiles.profile_named(tx, "more")
    assert more
    assert more.keywords == ("路灯^3", "灯光", "-招聘", "教师")
    assert (
        'class="remark-box error"'
        in sent(browser, "/edit/profiles/more", name="more", keywords="@lamps\n教师", preview="yes").text
    )


def test_profile_of_the_web_explains_itself_like_others(office: EditingOffice, browser: Any) -> None:
    save(browser)
    assert explain_article(office.desk, "lamps", "路灯亮了").score > 5


def test_nobody_else_reads_or_writes_profiles(office: EditingOffice, browser: Any) -> None:
    save(browser)
    stranger = office.browser()
    for path in ("/edit/profiles", "/edit/profiles/new", "/edit/profiles/lamps"):
        assert stranger.get(path).status_code == 303
        assert stranger.post(path, data=FIELDS | {"save": "yes"}).status_code in {303, 405}
    token = token_of(browser)
    assert stranger.post("/edit/profiles/lamps", data={"csrf": token, "retire": "yes"}).status_code == 303
    assert browser.post("/edit/profiles/new", data=FIELDS | {"save": "yes"}).status_code == 403


def test_profile_that_is_not_there_is_not_found(browser: Any) -> None:
    assert browser.get("/edit/profiles/nobody").status_code == 404
    assert save(browser, "/edit/profiles/nobody").status_code == 404
