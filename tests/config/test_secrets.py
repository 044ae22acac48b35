"""Which connection is meant, in which order its key is looked for, and that the key shows nowhere."""

from __future__ import annotations

import pytest
from pydantic import SecretStr

from tests.config.fake_keyrings import NAMES, Good
from xplenty_tui.config.errors import CommandFailed, SettingsError
from xplenty_tui.config.launch import Launch
from xplenty_tui.config.paths import find
from xplenty_tui.config.prepare import prepare
from xplenty_tui.config.read import parse
from xplenty_tui.config.secrets import Found, NoKey, expected_source, find_key
from xplenty_tui.config.settings import Settings
from xplenty_tui.config.target import Target, find_target
from xplenty_tui.config.vault import Keyring

TWO = parse(
    """
[profiles.prod]
account = "acme"
production = true
read_only = true
key_command = ["show", "prod"]
[profiles.test]
account = "acme-test"
url = "https://test.example"
""",
    "config.toml",
)


@pytest.fixture(autouse=True)
def _keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    Good.kept.clear()
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", NAMES + "Good")


def keyring() -> Keyring:
    return Keyring(30.0, NAMES + "Good")


def command(argv, environment) -> SecretStr:
    return SecretStr("from-" + "-".join(argv))


def broken(argv, environment) -> SecretStr:
    raise CommandFailed("it broke")


def brief(target: Target) -> tuple[str, str, str, bool]:
    return target.name, target.account, target.url, target.environment_applies


@pytest.mark.parametrize(
    ("environment", "profile", "account", "expected"),
    [
        ({}, None, None, ("prod", "acme", "https://api.xplenty.com", True)),
        ({}, "test", None, ("test", "acme-test", "https://test.example", True)),
        ({}, "test", "third", ("test", "third", "https://test.example", True)),
        ({"XPLENTY_ACCOUNT_ID": "acme-test"}, None, None, ("test", "acme-test", "https://test.example", True)),
        ({"XPLENTY_ACCOUNT_ID": "third"}, None, None, ("default", "third", "https://api.xplenty.com", True)),
        ({"XPLENTY_ACCOUNT_ID": "acme"}, "test", None, ("test", "acme-test", "https://test.example", False)),
        ({"XPLENTY_ACCOUNT_ID": "acme-test"}, "test", None, ("test", "acme-test", "https://test.example", True)),
        ({"XPLENTY_ACCOUNT_ID": ""}, None, None, ("prod", "acme", "https://api.xplenty.com", True)),
        ({"XPLENTY_API_URL": "http://127.0.0.1:9/"}, "test", None, ("test", "acme-test", "http://127.0.0.1:9", True)),
    ],
)
def test_what_was_asked_for_and_what_is_set_name_one_connection(environment, profile, account, expected):
    assert brief(find_target(TWO, environment, profile, account)) == expected


def test_without_anything_set_there_is_a_name_and_no_account():
    assert brief(find_target(Settings(), {})) == ("default", "", "https://api.xplenty.com", True)


def test_the_default_profile_is_the_one_that_is_set():
    settings = TWO.model_copy(update={"default_profile": "test"})
    assert find_target(settings, {}).name == "test"
    assert find_target(settings, {"XPLENTY_ACCOUNT_ID": "acme"}).name == "prod"


@pytest.mark.parametrize(
    ("environment", "profile", "account", "sentence"),
    [
        ({}, "nope", None, "--profile: there is no profile called nope; known here: prod, test"),
        ({}, None, "a/b", "--account: should be made of letters"),
        ({"XPLENTY_ACCOUNT_ID": "a b"}, None, None, "XPLENTY_ACCOUNT_ID: should be made of letters"),
        ({"XPLENTY_API_URL": "http://api.xplenty.com"}, None, None, "XPLENTY_API_URL: should start with https://"),
        ({"XPLENTY_API_URL": "https://s3cr3t@x.com"}, None, None, "XPLENTY_API_URL: holds a user or a key"),
    ],
)
def test_what_cannot_be_meant_is_told(environment, profile, account, sentence):
    with pytest.raises(SettingsError) as caught:
        find_target(TWO, environment, profile, account)
    assert str(caught.value).startswith(sentence)
    assert "s3cr3t" not in str(caught.value)


def test_the_sources_are_asked_in_order():
    keyring().set("prod", "acme", SecretStr("from-keyring"))
    environment = {"XPLENTY_API_KEY": "from-environment"}
    target = find_target(TWO, environment)
    assert expected_source(target, environment) == "XPLENTY_API_KEY"
    assert find_key(target, environment, keyring(), command) == Found(SecretStr("from-environment"), "XPLENTY_API_KEY")
    assert expected_source(target, {}) == "key_command (show)"
    assert find_key(target, {}, keyring(), command) == Found(SecretStr("from-show-prod"), "key_command (show)")
    fallen = find_key(target, {}, keyring(), broken)
    assert fallen == Found(SecretStr("from-keyring"), "keyring", ("it broke",))


def test_no_key_says_why_for_each_source():
    answer = find_key(find_target(TWO, {}), {"XPLENTY_API_KEY": "not a key"}, keyring(), broken)
    assert isinstance(answer, NoKey)
    environment, from_command, from_keyring = answer.reasons
    assert environment.startswith("What XPLENTY_API_KEY gives is not an API key")
    assert from_command == "it broke"
    assert "no key for prod/acme" in from_keyring


def test_the_environments_key_stays_with_its_account():
    environment = {"XPLENTY_API_KEY": "s3cr3t", "XPLENTY_ACCOUNT_ID": "acme"}
    answer = find_key(find_target(TWO, environment, "test"), environment, keyring(), command)
    assert isinstance(answer, NoKey)
    assert "not used for the profile test" in answer.reasons[0]


def test_a_profiles_key_opens_the_users_other_accounts():
    keyring().set("test", "acme-test", SecretStr("k3y"))
    assert find_key(find_target(TWO, {}, "test", "third"), {}, keyring()) == Found(SecretStr("k3y"), "keyring")
    keyring().set("test", "third", SecretStr("0wn"))
    assert find_key(find_target(TWO, {}, "test", "third"), {}, keyring()) == Found(SecretStr("0wn"), "keyring")


def launch(environment: dict[str, str], **more) -> Launch:
    return Launch(how=prepare, environment=environment, **more)


@pytest.fixture
def environment(home, monkeypatch) -> dict[str, str]:
    found = {"HOME": str(home), "PATH": "/usr/bin:/bin"}
    file = find(found).settings
    file.parent.mkdir(parents=True)
    allow = f'[keyring]\nallow = "{NAMES}Good"\ntimeout_seconds = 30\n'
    file.write_text(
        allow + '[profiles.prod]\naccount = "acme"\nproduction = true\nread_only = true\ncolour = "yellow"\n'
        '[profiles.test]\naccount = "acme-test"\nkey_command = ["echo", "t3st"]\nurl = "https://test.example"\n'
    )
    return found


def test_all_that_a_session_needs(environment):
    keyring().set("prod", "acme", SecretStr("k3y"))
    ready = launch(environment).prepare()
    assert (ready.profile, ready.account, ready.url) == ("prod", "acme", "https://api.xplenty.com")
    assert (ready.key, ready.key_source, ready.problems) == (SecretStr("k3y"), "keyring", ())
    assert (ready.read_only, ready.production, ready.transport) == (True, True, None)
    assert ready.colour == "yellow"
    assert ready.clock().utcoffset().total_seconds() == 0
    assert list(ready.settings.profiles) == ["prod", "test"]


def test_another_profile_or_account_is_prepared_by_name(environment):
    keyring().set("prod", "acme", SecretStr("k3y"))
    begun = launch(environment, read_only=True)
    other = begun.prepare(profile="test")
    assert (other.account, other.key, other.url) == ("acme-test", SecretStr("t3st"), "https://test.example")
    assert (other.read_only, other.production) == (True, False)
    third = begun.prepare(account="third")
    assert (third.profile, third.account, third.key) == ("prod", "third", SecretStr("k3y"))


def test_the_first_start_has_reasons_instead_of_a_key(home):
    ready = launch({"HOME": str(home)}).prepare()
    assert (ready.key, ready.account, ready.profile) == (None, "", "default")
    assert "xplenty-tui login" in ready.problems[-1]


def test_a_key_without_an_account_is_not_enough(home):
    ready = launch({"HOME": str(home), "XPLENTY_API_KEY": "s3cr3t"}).prepare()
    assert ready.key is None
    assert "XPLENTY_ACCOUNT_ID" in ready.problems[-1]


def test_a_broken_file_is_told(environment):
    find(environment).settings.write_text("[profiles.prod]\n")
    with pytest.raises(SettingsError, match=r"line 1, profiles\.prod\.account"):
        launch(environment).prepare()


def test_no_repr_shows_the_key(environment):
    environment = {**environment, "XPLENTY_API_KEY": "s3cr3t", "XPLENTY_ACCOUNT_ID": "acme"}
    begun = launch(environment)
    ready = begun.prepare()
    assert ready.key == SecretStr("s3cr3t")
    found = find_key(find_target(TWO, environment), environment, keyring())
    assert "s3cr3t" not in repr(begun) + repr(ready) + str(ready) + repr(found)
