from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from digest.errors import PageError
from digest.inbox.documents import sandbox
from digest.inbox.documents.pdf_page import read_pdf
from digest.inbox.documents.sandbox import Limits, Parsed, parse_document
from digest.inbox.documents.worker import answer
from digest.model import LineBox
from tests.inbox.hostile_pdf import HOSTILE
from tests.inbox.pdf_press import pdf
from tests.inbox.press_pages import STYLES, bands, one_page

SHUT = "import sys; sys.path.append(sys.argv[1]); from digest.inbox.documents.worker import *; "
SMALL = Limits(seconds=1, memory=400 << 20, output=100_000)


def reason_of(content: bytes = b"", limits: Limits = SMALL) -> str:
    with pytest.raises(PageError) as caught:
        parse_document(content, "html", limits)
    assert caught.value.detail
    return caught.value.reason


@pytest.fixture
def parser(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Puts other code in the place of the parser: what an attacker who took it over would run."""

    def install(code: str) -> None:
        monkeypatch.setattr(sandbox, "_BOOT", SHUT + f"shut_in(*map(int, sys.argv[3:])); {code}")

    return install


def test_same_text_as_without_the_process() -> None:
    content = pdf([one_page(bands, STYLES[0])[0]])
    ((text, boxes),) = read_pdf(content)
    assert parse_document(content, "pdf") == (Parsed(text, tuple(LineBox(*box) for box in boxes)),)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pdf_is_read_or_refused(name: str) -> None:
    try:
        assert parse_document(HOSTILE[name], "pdf", Limits(seconds=5))[0].text
    except PageError as error:
        assert error.reason in {"broken", "too_complex", "no_text"}  # noqa: PT017 - either way is right


@pytest.mark.parametrize(
    "content",
    [
        b"<div>" * 300_000 + b"<p>" + "深处的文字，也许读得到，也许读不到，谁知道呢。".encode(),
        b"<b><i></i></b>" * 300_000,
        b"<p " + b"a=1 " * 300_000 + b">",
        b'<div class="' + b"a-" * 300_000 + b'">x',
        b"&amp;" * 100_000,
    ],
    ids=["deep", "many", "attributes", "class", "entities"],
)
def test_hostile_html_is_refused(content: bytes) -> None:
    assert reason_of(content, Limits(seconds=5)) in {"too_complex", "no_text", "broken"}


def test_entities_of_a_file_open_nothing_and_do_not_grow() -> None:
    bomb = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 9}">' for n in range(1, 30))
    page = (
        f'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd"><!ENTITY a0 "aaaa">{bomb}]><html><p>&e;&a29; '
    )
    text = parse_document((page + "今年的春耕已经开始，各县区正在检查农机。").encode(), "html")[0].text
    assert "root:" not in text
    assert len(text) < 200


def test_crash_is_a_broken_file(parser: Callable[[str], None]) -> None:
    parser("import signal; signal.raise_signal(signal.SIGSEGV)")
    assert reason_of() == "broken"


def test_endless_loop_is_stopped(parser: Callable[[str], None]) -> None:
    parser("exec('while True: pass')")
    assert reason_of() == "too_complex"


def test_idle_parser_is_stopped_by_the_clock(parser: Callable[[str], None]) -> None:
    parser("import time; time.sleep(60)")
    assert reason_of() == "too_complex"


def test_memory_is_limited(parser: Callable[[str], None]) -> None:
    parser("sys.stdout.write(json.dumps(answer(lambda _: {'text': 'x' * (1 << 30)}, b'')))")
    assert reason_of() == "too_complex"


def test_answer_is_limited(parser: Callable[[str], None]) -> None:
    parser("sys.stdout.write('x' * 200_000)")
    assert reason_of() == "broken"


@pytest.mark.parametrize(
    "said", ["", "[]", "{}", '{"sheets": [["x", [[1]]]]}', '{"sheets": 3}', '{"sheets": [["x"]]}']
)
def test_nonsense_is_a_broken_file(said: str, parser: Callable[[str], None]) -> None:
    parser(f"sys.stdout.write({said!r})")
    assert reason_of() == "broken"


@pytest.mark.parametrize(
    "deed",
    [
        "open('/etc/hostname')",
        "open('{folder}/new', 'w')",
        "__import__('_socket').socket()",
        "__import__('_posixsubprocess') and os.pipe()",
    ],
)
def test_parser_can_open_nothing(deed: str, parser: Callable[[str], None], tmp_path: Path) -> None:
    tried = deed.format(folder=tmp_path)
    parser(
        f"""exec('''
try: {tried}
except OSError as error: done = error.strerror
else: done = "done"
sys.stdout.write(json.dumps({{"sheets": [[done, []]]}}))
''')"""
    )
    sandbox._BOOT = "import os, _socket, _posixsubprocess; " + sandbox._BOOT  # noqa: SLF001
    assert parse_document(b"", "html", SMALL)[0].text == os.strerror(24)


def test_parser_does_not_see_the_environment(
    parser: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIGEST_MAIL__SMTP__PASSWORD", "open sesame")
    parser("import os; sys.stdout.write(json.dumps({'sheets': [[str(dict(os.environ)), []]]}))")
    assert "sesame" not in parse_document(b"", "html", SMALL)[0].text


def test_trouble_of_the_parser_is_answered_with_its_reason() -> None:
    def refuse(_content: bytes) -> dict[str, object]:
        raise PageError("no_text", "no text")

    def overflow(_content: bytes) -> dict[str, object]:
        raise RecursionError

    assert answer(refuse, b"") == {"reason": "no_text", "detail": "no text"}
    assert answer(overflow, b"")["reason"] == "too_complex"
