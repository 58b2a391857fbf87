"""Settings from the environment, and what is said about a wrong one."""

import pytest

from stepwell import config
from stepwell.errors import ConfigurationError


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in config.Settings.model_fields:
        monkeypatch.delenv(f"STEPWELL_{name.upper()}", raising=False)


def wrong(**given: object) -> str:
    with pytest.raises(ConfigurationError) as caught:
        config.load(given)
    return str(caught.value)


def test_without_any_setting_a_file_in_the_working_folder_is_the_database() -> None:
    assert config.load().database_url == "sqlite:///stepwell.db"


def test_the_environment_sets_a_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STEPWELL_PORT", "9000")
    assert config.load().port == 9000


def test_what_the_caller_gives_wins_over_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STEPWELL_PORT", "9000")
    assert config.load({"port": 9001}).port == 9001


def test_an_empty_variable_counts_as_unset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STEPWELL_TOKEN", "")
    assert config.load().token is None


def test_a_wrong_value_is_named_with_what_was_expected_and_found() -> None:
    assert wrong(port="http") == "Expected STEPWELL_PORT to be a valid integer but found 'http'"


def test_a_value_out_of_range_says_the_range() -> None:
    assert wrong(port=70000) == "Expected STEPWELL_PORT to be less than or equal to 65535 but found 70000"


def test_every_wrong_setting_gets_its_line() -> None:
    assert len(wrong(port="http", log_level="loud").splitlines()) == 2


def test_a_setting_that_does_not_exist_is_refused() -> None:
    assert wrong(prot=1) == "Expected a setting that exists but found STEPWELL_PROT"


@pytest.mark.parametrize(
    "url", ["mysql://root:geheim@host/x", "sqlite:///", "stepwell.db", "postgres:geheim"]
)
def test_an_unknown_database_is_refused_without_its_password(url: str) -> None:
    said = wrong(database_url=url)
    assert said.startswith("Expected STEPWELL_DATABASE_URL to be sqlite:///PATH or postgresql://")
    assert "geheim" not in said


def test_a_secret_is_not_shown_in_a_message() -> None:
    assert "1234" not in wrong(smtp_password=[1234])


def test_a_secret_is_not_shown_in_the_settings() -> None:
    assert "geheim" not in repr(config.load({"token": "geheim"}))


def test_settings_do_not_change() -> None:
    with pytest.raises(ValueError, match="frozen"):
        config.load().port = 1
