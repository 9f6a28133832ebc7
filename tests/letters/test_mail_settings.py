"""Settings of mail: a wrong one is named before anything starts; the password shows nowhere."""

import pytest

from qitracker.config import INSTANCE, Mail, Secured, SettingsError, settings_from

GOOD = {"QITRACKER_SECRET_KEY": "k" * 40}
SERVER = GOOD | {"QITRACKER_SMTP_HOST": "mail.example.org", "QITRACKER_MAIL_FROM": "qi@example.org"}


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"QITRACKER_SMTP_HOST": "mail.example.org"}, "QITRACKER_MAIL_FROM must name"),
        ({"QITRACKER_MAIL_FROM": "QI <qi@example.org>"}, "plain e-mail address"),
        ({"QITRACKER_MAIL_FROM": "qi@example.org\nBcc: x@example.org"}, "plain e-mail address"),
        ({"QITRACKER_SMTP_SECURED": "perhaps"}, "must be tls, starttls or none"),
        ({"QITRACKER_SMTP_PORT": "many"}, "must be a whole number"),
        ({"QITRACKER_ADDRESS": "qi.example.org"}, "must be an address such as"),
        ({"QITRACKER_ADDRESS": "ftp://qi.example.org"}, "must be an address such as"),
        ({"QITRACKER_ADDRESS": "https://"}, "must be an address such as"),
        ({"QITRACKER_QUEUE_URL": "amqp://x"}, "must be an address of Redis"),
    ],
)
def test_a_wrong_setting_is_named(given, sentence) -> None:
    with pytest.raises(SettingsError, match=sentence):
        settings_from(GOOD | given)


def test_mail_is_kept_in_a_folder_unless_a_server_is_named() -> None:
    found = settings_from(GOOD)
    assert (found.mail, found.mail.folder, found.address) == (Mail(), INSTANCE / "mail", "http://127.0.0.1:8000")
    assert settings_from(SERVER).mail.port == 587
    assert settings_from(SERVER | {"QITRACKER_SMTP_SECURED": "TLS"}).mail.secured is Secured.TLS
    assert settings_from(SERVER | {"QITRACKER_SMTP_SECURED": "tls"}).mail.port == 465
    assert settings_from(GOOD | {"QITRACKER_ADDRESS": "https://qi.example.org/"}).address == "https://qi.example.org"


def test_the_password_shows_nowhere() -> None:
    found = settings_from(SERVER | {"QITRACKER_SMTP_PASSWORD": "otter"})
    assert found.mail.password == "otter"
    assert "otter" not in repr(found)
