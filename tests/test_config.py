"""Settings: typed, checked, overridden by the environment, and told clearly when wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.config import find_config, load_config, settings_keys, variable_of
from digest.errors import ConfigError
from digest.shipped import shipped


def load(folder: Path, text: str, environ: dict[str, str] | None = None) -> object:
    path = folder / "config.toml"
    path.write_text(text, encoding="utf-8")
    return load_config(path, environ or {})


def refusal(folder: Path, text: str, environ: dict[str, str] | None = None) -> ConfigError:
    with pytest.raises(ConfigError) as caught:
        load(folder, text, environ)
    return caught.value


def test_shipped_configuration_is_valid_and_shows_the_defaults(tmp_path: Path) -> None:
    shown = load_config(shipped("config.toml"), {})
    plain = load_config(_empty(tmp_path), {})
    for name in ("state", "database", "base_url", "language", "timezone", "inbox", "web"):
        assert getattr(shown, name) == getattr(plain, name)


def _empty(folder: Path) -> Path:
    path = folder / "config.toml"
    path.write_text("", encoding="utf-8")
    return path


def test_every_key_stands_in_the_shipped_configuration() -> None:
    text = shipped("config.toml").read_text(encoding="utf-8")
    missing = [key for key in settings_keys() if key.rpartition(".")[2].removesuffix("[]") not in text]
    assert missing == []


def test_unknown_key_names_file_key_and_the_nearest_right_one(tmp_path: Path) -> None:
    error = refusal(tmp_path, "[inbox]\nfoldr = 'pages'\n")
    assert "config.toml: inbox.foldr" in str(error)
    assert "did you mean inbox.folder?" in str(error)


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("[[profiles]]\nname='City News'\ntitle='A'\nkeywords=['x']", "small letters, digits and hyphens"),
        ("[[profiles]]\nname='a'\ntitle=3\nkeywords=['x']", "text, in quotes"),
        ("[web]\nport = 'many'", "a whole number, without quotes"),
        ("[inbox]\nsettle = 'long'", "a number, without quotes"),
        ("[subscriptions]\nopen = 'perhaps'", "true or false"),
    ],
)
def test_a_value_of_the_wrong_kind_is_told_with_the_right_one(tmp_path: Path, text: str, remedy: str) -> None:
    assert f"write {remedy}" in str(refusal(tmp_path, text))


def test_unknown_key_in_a_list_names_its_place(tmp_path: Path) -> None:
    error = refusal(tmp_path, "[[profiles]]\nname='a'\ntitle='A'\nkeywords=['x']\ntreshold=3\n")
    assert "profiles[0].treshold" in str(error)
    assert "did you mean profiles[].threshold?" in str(error)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("[web]\nport = 'many'", "web.port"),
        ("[web]\nport = 70000", "web.port"),
        ("[inbox]\ninterval = 0", "inbox.interval"),
        ("timezone = 'Mars/Olympus'", "timezone"),
        ("timezone = '../etc/passwd'", "timezone"),
        ("base_url = 'ftp://example.org'", "base_url"),
        ("language = 'xx'", "language"),
        ("[digest]\nat = ['25:00']", "digest.at[0]"),
        ("[digest]\nweekdays = ['someday']", "digest.weekdays[0]"),
        ("[mail]\nsender = 'nobody'", "mail.sender"),
        ("[[mail.recipients]]\naddress = 'a b@c'", "mail.recipients[0].address"),
        ('[mail]\nsender = "a\\nBcc: x@y.example <a@b.example>"', "mail.sender"),
        ("[[profiles]]\nname='A b'\ntitle='A'\nkeywords=['x']", "profiles[0].name"),
        ("[[profiles]]\nname='a'\ntitle='A'", "profiles[0].keywords"),
        ("[mail.smtp]\nport = 25", "mail.smtp.host"),
        ("[digest]\nat = ['07:30Z']", "digest.at[0]"),
        ("[[mail.recipients]]\naddress = '读者@b.example'", "mail.recipients[0].address"),
    ],
)
def test_wrong_value_is_refused_with_its_key(tmp_path: Path, text: str, key: str) -> None:
    assert refusal(tmp_path, text).key == key


def test_profile_named_twice_is_refused(tmp_path: Path) -> None:
    one = "[[profiles]]\nname='a'\ntitle='A'\nkeywords=['x']\n"
    assert "'a' is taken" in str(refusal(tmp_path, one + one))


def test_recipient_of_an_unknown_profile_is_told_the_nearest(tmp_path: Path) -> None:
    text = (
        "[[mail.recipients]]\naddress='a@b.example'\nprofiles=['rurl']\n"
        "[[profiles]]\nname='rural'\ntitle='R'\nkeywords=['x']\n"
    )
    assert "did you mean rural?" in str(refusal(tmp_path, text))


def test_toml_errors_name_the_file(tmp_path: Path) -> None:
    assert "config.toml: is no valid TOML" in str(refusal(tmp_path, "a = "))


def test_file_in_another_encoding_is_told(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes("# 剪报".encode("gb18030"))
    with pytest.raises(ConfigError, match="UTF-8"):
        load_config(path, {})


def test_missing_file_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="digest init"):
        find_config(tmp_path / "none.toml", {})


def test_environment_wins_over_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIGEST_WEB__PORT", "9000")
    path = tmp_path / "config.toml"
    path.write_text("[web]\nport = 8000\n", encoding="utf-8")
    assert load_config(path).web.port == 9000


def test_wrong_value_in_the_environment_names_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIGEST_WEB__PORT", "many")
    path = tmp_path / "config.toml"
    path.write_text("", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"environment variable DIGEST_WEB__PORT: web\.port"):
        load_config(path)


def test_variable_that_names_no_setting_is_an_error(tmp_path: Path) -> None:
    error = refusal(tmp_path, "", {"DIGEST_WEB__PROT": "1"})
    assert "DIGEST_WEB__PORT" in str(error)


def test_paths_are_relative_to_the_file(tmp_path: Path) -> None:
    config = load_config(_empty(tmp_path), {})
    assert config.path(config.state) == tmp_path / "var"


def test_every_key_has_a_variable() -> None:
    assert variable_of("inbox.max_bytes") == "DIGEST_INBOX__MAX_BYTES"


def test_password_is_never_shown(tmp_path: Path) -> None:
    config = load(tmp_path, "[mail.smtp]\nhost='h'\npassword='geheim'\n")
    assert "geheim" not in repr(config)
    assert "geheim" not in str(refusal(tmp_path, "[mail.smtp]\nhost='h'\npassword='geheim'\nprot=1\n"))


def test_address_that_stands_there_twice_is_refused(tmp_path: Path) -> None:
    one, other = (f"[[mail.recipients]]\naddress='{name}@b.example'\n" for name in ("Lin", "lin"))
    assert "twice" in str(refusal(tmp_path, one + other))


def test_list_in_a_variable_that_is_no_json_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIGEST_DIGEST__AT", "07:30")
    path = tmp_path / "config.toml"
    path.write_text("", encoding="utf-8")
    with pytest.raises(ConfigError, match="JSON"):
        load_config(path)
