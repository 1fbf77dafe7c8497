"""Settings are typed: what is wrong stops the start with one plain sentence that names it, and tells no secret."""

from pathlib import Path

import pytest

from kept.kit import environment as env
from kept.kit.environment import WrongSetting

HOME = Path("/home/kept")


def refused(call: object, *words: str, **more: object) -> str:
    """The one sentence the start stops with."""
    with pytest.raises(WrongSetting) as stopped:
        call(*words, **more)  # type: ignore[operator]
    said = str(stopped.value)
    assert said.startswith("Kept did not start: ")
    assert "\n" not in said
    return said


def test_a_text_is_what_the_variable_says_or_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    assert env.text("KEPT_X", "fallback") == "fallback"
    monkeypatch.setenv("KEPT_X", "said")
    assert env.text("KEPT_X", "fallback") == "said"


def test_a_secret_may_lie_in_a_file_and_loses_its_last_line_end(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "secret").write_text("sails over the fell\n")
    monkeypatch.setenv("KEPT_X", "not this")
    monkeypatch.setenv("KEPT_X_FILE", str(tmp_path / "secret"))
    assert env.text("KEPT_X") == "sails over the fell"


def test_a_file_that_is_not_there_or_no_text_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("KEPT_X_FILE", str(tmp_path / "nowhere"))
    said = refused(env.text, "KEPT_X")
    assert "KEPT_X_FILE points to a file that cannot be read (No such file or directory)" in said
    (tmp_path / "nowhere").write_bytes(b"\xff\xfe\x00secret")
    said = refused(env.text, "KEPT_X")
    assert "KEPT_X_FILE points to a file that is no text" in said
    assert "secret" not in said


@pytest.mark.parametrize("value", ["1", "true", "Yes", "ON", " yes "])
def test_many_ways_to_say_yes(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("KEPT_X", value)
    assert env.yes("KEPT_X", default=False) is True


@pytest.mark.parametrize("value", ["0", "false", "No", "off", ""])
def test_many_ways_to_say_no(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("KEPT_X", value)
    assert env.yes("KEPT_X", default=True) is False


def test_neither_yes_nor_no_is_refused_and_silence_is_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    assert env.yes("KEPT_X", default=True) is True
    monkeypatch.setenv("KEPT_X", "perhaps")
    assert refused(env.yes, "KEPT_X", default=True).endswith("KEPT_X should be yes or no, not 'perhaps'.")


def test_a_number_is_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    assert env.number("KEPT_X", 25) == 25
    monkeypatch.setenv("KEPT_X", "")
    assert env.number("KEPT_X", 25) == 25
    monkeypatch.setenv("KEPT_X", " 587 ")
    assert env.number("KEPT_X", 25) == 587
    monkeypatch.setenv("KEPT_X", "2.5")
    assert refused(env.number, "KEPT_X", 25).endswith("KEPT_X should be a whole number, not '2.5'.")  # type: ignore[arg-type]


def named(url: str, monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    monkeypatch.setenv("DATABASE_URL", url)
    return env.database(HOME)


def test_with_no_address_the_database_is_a_file_at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    found = env.database(HOME)
    assert found["ENGINE"] == "django.db.backends.sqlite3"
    assert found["NAME"] == "/home/kept/kept.sqlite3"


def test_a_file_may_lie_anywhere_and_have_any_name(monkeypatch: pytest.MonkeyPatch) -> None:
    assert named("sqlite:////srv/our%20firm/x.sqlite3", monkeypatch)["NAME"] == "/srv/our firm/x.sqlite3"


def test_a_server_is_named_in_full(monkeypatch: pytest.MonkeyPatch) -> None:
    found = named("postgres://ada:p%40ss%2Fword@db.example:5433/studio?sslmode=require", monkeypatch)
    assert found["ENGINE"] == "django.db.backends.postgresql"
    wanted = ("studio", "ada", "p@ss/word", "db.example", "5433")
    assert tuple(found[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")) == wanted
    assert found["OPTIONS"] == {"sslmode": "require", "options": env.SHORT_QUERIES}


def test_a_server_may_be_met_at_a_socket(monkeypatch: pytest.MonkeyPatch) -> None:
    found = named("postgresql:///studio?host=%2Frun%2Fpostgresql", monkeypatch)
    assert (found["HOST"], found["PORT"]) == ("/run/postgresql", "")


def test_who_tells_the_server_how_to_work_is_not_talked_over(monkeypatch: pytest.MonkeyPatch) -> None:
    assert named("postgres://db.example/studio?options=", monkeypatch)["OPTIONS"] == {"options": ""}
    found = named("postgres://db.example/studio?options=-c%20jit%3Don", monkeypatch)
    assert found["OPTIONS"] == {"options": "-c jit=on"}


def test_the_address_may_lie_in_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "url").write_text("postgres://ada:secret@db.example/studio\n")
    monkeypatch.setenv("DATABASE_URL_FILE", str(tmp_path / "url"))
    assert env.database(HOME)["NAME"] == "studio"


@pytest.mark.parametrize(
    "url",
    [
        "mysql://ada:sesame@db.example/studio",
        "studio:sesame",
        "/srv/sesame.sqlite3",
        "sqlite://sesame.sqlite3",
        "sqlite://",
        "postgres://ada:sesame@db.example:port/studio",
        "postgres://ada:sesame@[db.example/studio",
    ],
)
def test_an_address_that_is_none_is_refused_and_its_password_not_repeated(
    monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    said = refused(env.database, HOME)  # type: ignore[arg-type]
    assert "DATABASE_URL should " in said
    assert "sesame" not in said
