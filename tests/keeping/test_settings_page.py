"""docs/settings.md names every setting the program reads, and no other, with the default it has."""

import re

import pytest

from qitracker import cli
from qitracker.config import ROOT, Settings, SettingsError, settings_from

PAGE = (ROOT / "docs" / "settings.md").read_text()
NAME = re.compile(r"QITRACKER_[A-Z]+(?:_[A-Z]+)*")
ROWS = {
    cells[0].strip("` "): cells[1].strip("` ")
    for cells in (line.strip("|").split("|") for line in PAGE.splitlines() if line.startswith("| `QITRACKER_"))
}
FIELDS = {
    "QITRACKER_ORGANISATION": "organisation_name",
    "QITRACKER_SECURE_COOKIES": "secure_cookies",
    "QITRACKER_PROXIES": "proxies",
    "QITRACKER_TIME_ZONE": "time_zone",
    "QITRACKER_DEMO": "demo",
    "QITRACKER_IDLE_MINUTES": "idle_minutes",
    "QITRACKER_ABSOLUTE_HOURS": "absolute_hours",
}


def test_the_table_names_every_setting_that_is_read_and_no_other():
    read = set()
    for path in [*(ROOT / "qitracker").rglob("*.py"), ROOT / "wsgi.py"]:
        if "templates" not in path.parts:
            read |= set(NAME.findall(path.read_text()))
    assert set(ROWS) == read
    assert set(NAME.findall(PAGE)) == read


@pytest.mark.parametrize(("setting", "field"), FIELDS.items())
def test_the_default_in_the_table_is_the_default(setting, field):
    said = {True: "yes", False: "no"}
    nothing = settings_from({"QITRACKER_SECRET_KEY": "k" * 48})
    for value in (getattr(nothing, field), Settings.__dataclass_fields__[field].default):
        assert ROWS[setting] == str(said.get(value, value) if isinstance(value, bool) else value)


def test_every_command_on_the_page_exists():
    named = set(re.findall(r"qitracker (?=[a-z-]+)(backup|restore|[a-z]+-[a-z]+|migrate|serve)\b", PAGE))
    assert {"migrate", "first-administrator", "serve", "backup", "restore"} == named & set(cli.main.commands)
    assert named - set(cli.main.commands) <= {"before-restore"}


@pytest.mark.parametrize(
    ("setting", "value"), [("QITRACKER_PROXIES", "-1"), ("QITRACKER_IDLE_MINUTES", "half"), ("QITRACKER_DEMO", "maybe")]
)
def test_a_value_that_cannot_be_read_is_named(setting, value):
    with pytest.raises(SettingsError, match=setting):
        settings_from({"QITRACKER_SECRET_KEY": "k" * 48, setting: value})
