from __future__ import annotations

from typing import Any
from urllib.parse import urljoin

import pytest
from starlette.testclient import TestClient

from digest.config import Config
from digest.store import Store
from digest.web import create_app


def get(client: Any, path: str, language: str = "zh-CN") -> str:
    response = client.get(path, headers={"accept-language": language})
    assert response.status_code == 200, path
    return response.text


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_every_page_is_there_in_both_languages(
    client: Any, every_page: Any, elements: Any, language: str
) -> None:
    for path in every_page:
        page = elements(get(client, path, language))
        assert page.all("html")[0]["lang"] == language
        assert page.unbalanced == [], path
        assert page.open == [], path


def test_no_english_page_says_chinese_phrases_of_ours(client: Any, every_page: Any) -> None:
    for path in every_page:
        html = get(client, path, "en")
        assert not any(
            phrase in html for phrase in ("入选理由", "首页", "出处", "订阅", "收件夹", "最近读取")
        ), path


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_every_link_leads_to_a_page_of_ours(client: Any, elements: Any, language: str) -> None:
    seen: set[str] = set()
    waiting = ["/"]
    while waiting:
        path = waiting.pop()
        seen.add(path)
        response = client.get(path, headers={"accept-language": language})
        assert response.status_code == 200, path
        if "html" not in response.headers["content-type"] or path.endswith("/mail"):
            continue
        page = elements(response.text)
        for name, attributes in page.found:
            target = attributes.get("href") or attributes.get("src") or ""
            if target.startswith(("https://clips.example.org/", "#")) or not target or "lang=" in target:
                continue
            there = urljoin(f"http://testserver{path}", target)
            assert there.startswith("http://testserver/"), (path, name, target)
            if there.startswith("http://testserver/edit"):
                assert attributes["rel"] == "nofollow"
                continue  # for those who sign in
            there = there.removeprefix("http://testserver")
            if there not in seen:
                waiting.append(there)
    assert {"/status", "/digests/1", "/digests/1/mail", "/feeds/grain.rss", "/feeds/all.json"} <= seen


def test_home_shows_clippings_profiles_and_the_inbox(client: Any, office: Any, elements: Any) -> None:
    page = elements(get(client, "/"))
    links = [a.get("href") for a in page.all("a")]
    assert f".{office.article('spring')}" in links
    assert "./profiles/grain" in links
    assert "已读 4 版，得稿件 5 篇" in page.words
    assert "3 个文件未能读取" in page.words


def test_home_folds_a_reprint_into_the_clipping_it_repeats(client: Any, elements: Any) -> None:
    page = elements(get(client, "/"))
    assert "良种下田" not in page.words
    assert "河谷晚报" in page.words


def test_home_says_what_to_do_while_there_is_nothing(tmp_path: Any, elements: Any) -> None:
    config = Config().rooted(tmp_path)
    store = Store.open(config.path(config.state))
    with TestClient(create_app(config, store)) as client:
        for path in ("/", "/articles", "/digests", "/status"):
            assert client.get(path).status_code == 200
        assert "收件夹" in elements(client.get("/").text).words
    store.close()


def test_every_page_with_feeds_announces_them(client: Any, elements: Any) -> None:
    for path, name in (("/", "all"), ("/profiles/grain", "grain"), ("/articles", "all")):
        found = {
            link["href"]: link["type"]
            for link in elements(get(client, path)).all("link")
            if link["rel"] == "alternate"
        }
        base = f"https://clips.example.org/feeds/{name}"
        assert found[f"{base}.rss"] == "application/rss+xml"
        assert found[f"{base}.atom"] == "application/atom+xml"
        assert found[f"{base}.json"] == "application/feed+json"


def test_a_profile_shows_keywords_reasons_and_addresses(client: Any, elements: Any) -> None:
    words = elements(get(client, "/profiles/grain")).words
    assert "春耕 ×3" in words
    assert "排除 招聘" in words
    assert "春耕：标题1次、导语1次，+60分" in words
    assert "时效：+11分" in words
    assert "https://clips.example.org/feeds/grain.atom" in words
    assert "满 20 分入选" in words


def test_an_article_shows_its_text_credits_and_citation(client: Any, office: Any, elements: Any) -> None:
    words = elements(get(client, office.article("spring"))).words
    for text in (
        "山川县春耕一线见闻",
        "三百台农机下田",
        "田野",
        "本报记者 林小满",
        "本报山川3月3日讯",
        "农机手说，墒情正好。",
    ):
        assert text in words
    assert "〈春耕从一粒良种开始〉，《山川日报》2025-03-04 第1版" in words


def test_an_article_marks_the_keywords_that_hit(client: Any, office: Any) -> None:
    html = get(client, office.article("spring"))
    assert "<mark>春耕</mark>从一粒良种开始</h1>" in html
    assert "山川县的<mark>春耕</mark>从一粒良种开始。" in html


def test_jumps_link_the_parts_both_ways(client: Any, office: Any, elements: Any) -> None:
    on = elements(get(client, office.article("spring")))
    back = elements(get(client, office.article("rest")))
    assert "下转第 三 版" in on.words
    assert [a for a in on.all("a") if a["href"].startswith("../pages/")]
    assert [a for a in back.all("a") if a["href"].startswith("../pages/")]


def test_reprints_are_listed_on_both_sides(client: Any, office: Any, elements: Any) -> None:
    assert "良种下田" in elements(get(client, office.article("spring"))).words
    assert f"..{office.article('spring')}" in [
        a["href"] for a in elements(get(client, office.article("reprint"))).all("a")
    ]


def test_a_story_is_listed_over_its_days(client: Any, office: Any, elements: Any) -> None:
    for name in ("evil", "spring", "rest", "reprint"):
        page = elements(get(client, office.article(name)))
        assert "持续跟踪" in page.words
        links = {a["href"] for a in page.all("a")}
        others = {f"..{office.article(other)}" for other in ("evil", "spring", "rest") if other != name}
        assert others <= links
    assert "持续跟踪" not in get(client, office.article("night"))


def test_a_clipping_refers_back_to_the_first_of_its_story(client: Any, elements: Any) -> None:
    assert "持续跟踪" in elements(get(client, "/profiles/grain")).words


def test_a_derived_headline_and_a_doubtful_text_are_owned_up_to(client: Any, office: Any) -> None:
    html = get(client, office.article("night"))
    assert "此标题取自导语" in html
    assert "请对照原文" in html
    assert "请对照原文" not in get(client, office.article("spring"))


def test_the_page_text_marks_own_lines_with_their_roles(client: Any, office: Any, elements: Any) -> None:
    page = elements(get(client, office.article("spring")))
    classes = [div.get("class", "") for div in page.all("div")]
    assert "line role-headline" in classes
    assert "line role-kicker" in classes
    assert "line role-jump" in classes
    assert "正文 · 电头" in page.words
    assert "版头" in page.words


def test_a_page_shows_all_lines_articles_and_leftovers(client: Any, office: Any, elements: Any) -> None:
    page = elements(get(client, office.page("山川日报/2025-03-04/1.txt")))
    for line in ("2025年3月4日", "一粒良种开始。", "本版责编 何苗", "夜里也亮着灯。"):
        assert line in page.words
    assert "余文：编辑署名" in page.words
    assert f"..{office.article('night')}" in [a.get("href") for a in page.all("a")]


def test_long_lists_come_in_pages(client: Any) -> None:
    assert "还没有读到稿件" in get(client, "/articles?page=2")
    assert client.get("/articles?page=0").status_code == 422


def test_status_tells_states_in_words(client: Any, elements: Any) -> None:
    chinese = elements(get(client, "/status")).words
    assert "空文件" in chinese
    assert "程序没有读取权限" in chinese
    assert "这段时间没有新的剪报" in chinese
    assert "待发" in chinese
    english = elements(get(client, "/status", "en")).words
    assert "detail of two.txt" in english
    assert "Nothing was clipped in its window" in english
    assert "In trouble" in english


def test_a_digest_is_framed_as_it_was_sent_without_anybodys_links(client: Any, elements: Any) -> None:
    frame = elements(get(client, "/digests/1")).all("iframe")[0]
    assert frame["src"] == "../digests/1/mail"
    assert "allow-scripts" not in frame["sandbox"]
    mail = get(client, "/digests/1/mail")
    assert "links-of-the-reader" not in mail
    assert '<a target="_top" href="https://clips.example.org/articles/1">' in mail
    assert '<a href="#contents">' in mail
    assert '<p style="color:red">春耕</p>' in mail


def test_a_chosen_language_is_remembered(client: Any) -> None:
    chosen = client.get("/?lang=en", headers={"accept-language": "zh"})
    assert 'lang="en"' in chosen.text
    assert "httponly" in chosen.headers["set-cookie"].lower()
    assert '<html lang="en">' in client.get("/status", headers={"accept-language": "zh"}).text
    assert "set-cookie" not in client.get("/status").headers


def test_switching_the_language_keeps_the_place(client: Any, elements: Any) -> None:
    hrefs = [a["href"] for a in elements(get(client, "/articles?page=2&lang=fr")).all("a")]
    assert "?page=2&lang=en" in hrefs


def test_health_counts(client: Any) -> None:
    response = client.get("/health")
    assert response.json() == {"status": "ok", "pages": 4, "articles": 5, "troubled": 3}
    assert response.headers["cache-control"] == "no-store"
