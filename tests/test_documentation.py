"""The documents: what they name exists, what exists they name, and their examples run."""

from __future__ import annotations

import doctest
import re
import shlex
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

import digest.cli
from digest import __version__
from digest.cli.commands import app
from digest.config import load_config, settings_keys
from tests.parts import missing

ROOT = Path(__file__).parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
GUIDES = (ROOT / "README.md", ROOT / "docs" / "operations.md")
LOCKS = sorted((ROOT / "requirements").glob("*.lock"))

# Put together here, or this file would be the one that names them.
MACHINE_PATHS = tuple(f"/{name}/" for name in ("work", "root"))
REGISTRIES = tuple(f"{name}.{end}" for name, end in (("pypi", "org"), ("files", "pythonhosted")))


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def guides() -> str:
    return "\n".join(map(text_of, GUIDES))


def blocks(path: Path, language: str) -> list[str]:
    return re.findall(rf"^ *```{language}\n(.*?)^ *```$", text_of(path), re.DOTALL | re.MULTILINE)


def tracked() -> list[str]:
    """The files of the repository, relative to its root."""
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        missing("git and the repository's history")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True)
    return [name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def commands(command: Any = None, path: str = "digest") -> Iterator[tuple[str, Any]]:
    """Every command line's beginning, such as `digest config check`, with its command."""
    command = command or get_command(app)
    yield path, command
    for name, inner in getattr(command, "commands", {}).items():
        yield from commands(inner, f"{path} {name}")


def test_every_command_is_documented() -> None:
    leaves = [path for path, command in commands() if not hasattr(command, "commands")]
    assert [path for path in leaves if not re.search(rf"\b{path}\b", guides())] == []


def test_every_option_is_documented() -> None:
    options = {
        option
        for _, command in commands()
        for parameter in command.params
        if parameter.param_type_name == "option"
        for option in parameter.opts
    }
    assert "--config" in options
    written = set(re.findall(r"(?<![\w-])--?[a-z]+(?:-[a-z]+)*", guides()))
    assert options - written == set()


def test_every_exit_code_is_documented() -> None:
    codes = [
        value for name, value in vars(digest.cli).items() if name.startswith("EXIT_") and type(value) is int
    ]
    table = text_of(ROOT / "docs" / "operations.md")
    assert [code for code in (0, 2, 130, *codes) if f"\n| {code} |" not in table] == []


def test_every_state_of_the_inbox_is_documented() -> None:
    sources = "\n".join(map(text_of, (ROOT / "digest").rglob("*.py")))
    states = {"read", "duplicate", *re.findall(r'PageError\(\s*"(\w+)"', sources)}
    table = text_of(ROOT / "docs" / "operations.md")
    assert {state for state in states if f"\n| `{state}` |" not in table} == set()


def shell_lines() -> Iterator[tuple[str, str]]:
    """The lines a reader is told to type, with the document's name."""
    for path in DOCUMENTS:
        for block in blocks(path, "console"):
            for line in block.splitlines():
                typed = re.sub(r"^ *[$#] ", "", line).partition("  #")[0]
                yield from ((path.name, part.strip()) for part in re.split(r"&&|\|", typed))


def test_commands_shown_exist() -> None:
    known = {path for path, _ in commands()}
    shown = [(name, shlex.split(line)) for name, line in shell_lines()]
    digests = [
        (name, words[i:]) for name, words in shown for i, word in enumerate(words) if word.endswith("digest")
    ]
    typed = [(name, words) for name, words in digests if words[1:] and re.fullmatch("[a-z]+", words[1])]
    assert len(typed) > 5
    wrong = [words for _, words in typed if f"digest {words[1]}" not in known]
    assert wrong == []


def test_make_targets_shown_exist() -> None:
    makefile = text_of(ROOT / "Makefile")
    targets = set(re.findall(r"^(\w+):", makefile, re.MULTILINE))
    named = {target for path in DOCUMENTS for target in re.findall(r"(?:\$ |`)make (\w+)", text_of(path))}
    assert {"run", "test", "serve"} <= named <= targets


def sample_keys() -> set[str]:
    """The dotted keys of the shipped configuration, in comments too; list items as `profiles[].name`."""
    keys: set[str] = set()
    table = ""
    for line in text_of(ROOT / "config.toml").splitlines():
        if header := re.match(r"#? ?(\[+)([\w.]+)\]", line):
            table = header[2] + ("[]." if header[1] == "[[" else ".")
        elif key := re.match(r"#? ?(\w+) = ", line):
            keys.add(table + key[1])
    return keys


def test_the_sample_configuration_shows_exactly_the_settings_there_are() -> None:
    keys = settings_keys()
    leaves = {key for key in keys if not any(other.startswith((f"{key}.", f"{key}[].")) for other in keys)}
    assert sample_keys() == leaves


def test_settings_shown_in_the_readme_are_accepted(tmp_path: Path) -> None:
    shown = "\n".join(re.sub(r"^   ", "", block, flags=re.MULTILINE) for block in blocks(GUIDES[0], "toml"))
    path = tmp_path / "config.toml"
    path.write_text(shown, encoding="utf-8")
    config = load_config(path, {})
    assert config.mail.smtp is not None
    assert config.profiles
    assert config.mail.recipients


@pytest.mark.parametrize("block", blocks(GUIDES[1], "toml"))
def test_settings_shown_in_operations_are_accepted(block: str, tmp_path: Path) -> None:
    assert tomllib.loads(block)
    path = tmp_path / "config.toml"
    path.write_text(block, encoding="utf-8")
    load_config(path, {})


def test_the_readmes_python_examples_run() -> None:
    examples = "\n".join(blocks(ROOT / "README.md", "pycon"))
    found = doctest.DocTestParser().get_doctest(examples, {}, "README.md", None, 0)
    told: list[str] = []
    result = doctest.DocTestRunner(verbose=False).run(found, out=told.append)
    assert result.attempted > 10
    assert result.failed == 0, "".join(told)


def links() -> Iterator[tuple[Path, str]]:
    for path in DOCUMENTS:
        plain = re.sub(r"^ *```.*?^ *```$", "", text_of(path), flags=re.DOTALL | re.MULTILINE)
        for target in re.findall(r"\]\(([^)\s]+)\)|<img src=\"([^\"]+)\"", plain):
            yield path, target[0] or target[1]


def anchors(path: Path) -> set[str]:
    """What a document's headings are linked by."""
    headings = re.findall(r"^#+ (.+)$", text_of(path), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings}


def leads_somewhere(path: Path, target: str, files: set[str]) -> bool:
    name, _, anchor = target.partition("#")
    aim = (path.parent / name).resolve() if name else path
    there = aim.is_relative_to(ROOT) and str(aim.relative_to(ROOT)) in files
    return there and (not anchor or anchor in anchors(aim))


def test_every_link_to_a_file_leads_there() -> None:
    files = set(tracked())
    local = [(path, target) for path, target in links() if "://" not in target]
    assert len(local) > 10
    astray = [(path.name, target) for path, target in local if not leads_somewhere(path, target, files)]
    assert astray == []


def test_the_changelog_tells_of_this_version() -> None:
    assert re.search(rf"^## {re.escape(__version__)}\b", text_of(ROOT / "CHANGELOG.md"), re.MULTILINE)


def test_no_file_names_a_machine_or_a_registry() -> None:
    unwanted = [word.encode() for word in (*MACHINE_PATHS, *REGISTRIES)]
    found = [(name, word) for name in tracked() for word in unwanted if word in (ROOT / name).read_bytes()]
    assert found == []


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_lock_files_pin_hashes_and_name_no_index(lock: Path) -> None:
    text = text_of(lock)
    assert "://" not in text
    assert not re.search(r"^\s*(?:-i|-f|--(?!hash=)[\w-]+)\b", text, re.MULTILINE)
    pinned = re.findall(r"^[\w.\[\]-]+==.*(?:\n    --hash=.*)*", text, re.MULTILINE)
    assert pinned
    assert all("--hash=sha256:" in requirement for requirement in pinned)


def test_there_are_lock_files() -> None:
    assert {lock.name for lock in LOCKS} == {"build.lock", "dev.lock", "run.lock"}
