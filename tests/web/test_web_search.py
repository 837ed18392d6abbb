"""Searching as readers do: what is found, what cannot be understood, and that nothing typed does harm."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

import pytest

from digest.errors import ProfileSyntaxError
from digest.rank.query import read_query
from digest.web.remedies import fault_of

FAULTY = (
    "-招聘", "芯片|", "芯片&", "(芯片", "芯片)", '"芯片', "芯片^", "芯片^0", "(a|b^2)", "^2", "a^2b",
    "-a^2", "NEAR/3 b", "a NEAR b", "a NEAR/2000 b", "a*b", "*", "芯片*", "@x", "#x", "芯片>=0",
    "page:1>=2", "headline:page:1", "a AND b", "a OR b", "NOT b", "a&b+c|+d", "page:x", "page:2..1",
    "date:x", "date:2031-05-02..2031-05-01", "招聘会 -招聘", "()", "a&", "x" * 101, "kind:x", "kind:",
    "paper:", "page:", "headline:", ">=3", "a >= b", "a & (-b)",
)  # fmt: skip


def _get(client: Any, query: str, language: str = "zh-CN", **more: str) -> Any:
    values = "&".join(f"{name.rstrip('_')}={quote(value)}" for name, value in {"q": query, **more}.items())
    return client.get(f"/search?{values}", headers={"accept-language": language})


def test_articles_are_found_with_their_hits_marked(client: Any, office: Any) -> None:
    page = _get(client, "春耕 -机密").text
    assert office.article("spring").removeprefix("/") in page
    assert re.search(r"<mark>春耕</mark>从一粒良种开始", page)
    assert "山川县的<mark>春耕</mark>从一粒良种开始" in page


def test_every_page_has_the_form(client: Any, office: Any, elements: Any) -> None:
    for path in ("/", "/articles", "/nothing", office.article("spring")):
        [form] = elements(client.get(path).text).all("form")
        assert form["action"].endswith("search")
        assert form["role"] == "search"


def test_the_form_keeps_what_was_asked(client: Any, elements: Any) -> None:
    asked = {"from_": "2025-03-01", "to": "2025-03-31", "paper": "山川日报", "kind": "news", "sort": "date"}
    page = elements(_get(client, "春耕", **asked).text)
    values = {field.get("name"): field.get("value") for field in page.all("input")}
    assert values == {"q": "春耕", "from": "2025-03-01", "to": "2025-03-31"}
    chosen = {option["value"] for option in page.all("option") if "selected" in option}
    assert chosen == {"山川日报", "news", "date"}


def test_filters_leave_out_what_they_say(client: Any, office: Any) -> None:
    spring = office.article("spring").removeprefix("/")
    assert spring in _get(client, "春耕", paper="山川日报").text
    assert spring not in _get(client, "春耕", paper="河谷晚报").text
    assert spring not in _get(client, "春耕", kind="photo").text
    assert spring not in _get(client, "春耕", from_="2025-03-05").text
    assert spring in _get(client, "", kind="news", sort="date").text


def test_without_a_question_the_language_is_explained(client: Any) -> None:
    response = client.get("/search", headers={"accept-language": "en"})
    assert response.status_code == 200
    assert "How to search" in response.text
    assert "How to search" not in _get(client, "春耕", "en").text


def test_nothing_found_is_told_and_helped(client: Any) -> None:
    page = _get(client, "没有这样的词", "en").text
    assert "Nothing was found" in page
    assert "How to search" in page


def test_a_fault_is_shown_at_its_place(client: Any, elements: Any) -> None:
    response = _get(client, "春耕^ 良种", "en")
    assert response.status_code == 422
    assert "春耕^<mark> </mark>良种" in response.text
    assert "at character 4" in response.text
    field = next(field for field in elements(response.text).all("input") if field.get("name") == "q")
    assert field["aria-invalid"] == "true"
    assert field["value"] == "春耕^ 良种"


@pytest.mark.parametrize("query", FAULTY)
def test_faults_are_told_in_the_readers_language(query: str) -> None:
    with pytest.raises(ProfileSyntaxError) as raised:
        read_query(query)
    fault = fault_of(raised.value, "zh-CN")
    assert fault.language == "zh-CN", raised.value.message
    assert fault.before + fault.at + fault.after == query
    assert "{" not in fault.remedy


@pytest.mark.parametrize("field", ["q", "paper"])
def test_hostile_questions_are_shown_and_do_nothing(
    client: Any, elements: Any, hostile: str, field: str
) -> None:
    for text in (hostile, f'"{hostile}"', "')); DROP TABLE pages; --", '" OR 1=1 *', "a\x00b", "\ue000春"):
        response = client.get("/search", params={field: text, "sort": "date"})
        assert response.status_code in {200, 422}
        page = elements(response.text)
        assert not page.all("script") + page.all("img")
        assert not any(name.startswith("on") for _, attributes in page.found for name in attributes)


@pytest.mark.parametrize("wrong", ["from=x", "kind=x", "sort=x", "start=-1", "start=99999999999999999999"])
def test_wrong_fields_are_refused(client: Any, wrong: str) -> None:
    assert client.get(f"/search?q=a&{wrong}").status_code == 422
