"""Settings that cannot be used are refused with a sentence, before anything starts."""

import socket

import pytest

from qitracker.config import SettingsError, settings_from
from qitracker.plumbing.serving import is_free

GOOD = {"QITRACKER_SECRET_KEY": "k" * 40}


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("QITRACKER_SECRET_KEY", "short", "at least 32 characters"),
        ("QITRACKER_TIME_ZONE", "Mars/Olympus", "must be a time zone"),
        ("QITRACKER_TIME_ZONE", "../etc/passwd", "must be a time zone"),
        ("QITRACKER_SECURE_COOKIES", "perhaps", "must be yes or no"),
        ("QITRACKER_IDLE_MINUTES", "-3", "must be a whole number"),
        ("QITRACKER_PROXIES", "١", "must be a whole number"),
    ],
)
def test_a_wrong_setting_is_named(name, value, sentence):
    with pytest.raises(SettingsError, match=sentence):
        settings_from({**GOOD, name: value})


def test_without_settings_the_defaults_are_safe():
    found = settings_from(GOOD)
    assert found.database_url.startswith("sqlite:///")
    assert (found.secure_cookies, found.demo, found.idle_minutes, found.absolute_hours) == (True, False, 30, 12)


@pytest.mark.parametrize("given", ["postgres://u@h/d", "postgresql://u@h/d", "postgresql+psycopg://u@h/d"])
def test_every_usual_address_of_postgresql_is_understood(given):
    assert settings_from({**GOOD, "QITRACKER_DATABASE_URL": given}).database_url == "postgresql+psycopg://u@h/d"


def test_a_port_that_is_taken_is_said_so():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert not is_free("127.0.0.1", port)
    assert is_free("127.0.0.1", port)
