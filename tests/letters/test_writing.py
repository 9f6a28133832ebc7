"""A letter is a row in the transaction of what it tells; once, to whom wants it, with links of ours alone."""

import re

import pytest
from sqlalchemy import func, select

from qitracker.letters.kinds import LetterKind
from qitracker.letters.writing import Line, address_of, path_of, write_letter
from qitracker.models import Letter, MailChoice, db


def n_letters():
    return db.session.scalar(select(func.count()).select_from(Letter))


def test_a_letter_has_a_line_and_a_link_for_each_thing(world, folder) -> None:
    lines = [Line("Study PDSA cycle 3", "/projects/mine", "Falls <b>"), Line("Well done")]
    letter = write_letter(world.lead, LetterKind.DIGEST, "2025-W41", "Your week", lines, opening="Two things wait.")
    assert "* Falls <b>: Study PDSA cycle 3\n  https://qi.example.org/projects/mine\n" in letter.text
    assert letter.text.startswith("Hello Role lead,\n\nTwo things wait.\n\n* ")
    assert "&lt;b&gt;" in letter.html
    assert "<b>" not in letter.html
    assert letter.html.count("https://qi.example.org/") == letter.text.count("https://qi.example.org/") == 2
    assert "* Well done\n\n" in letter.text
    assert "https://qi.example.org/you/mail" in letter.text


def test_the_same_is_never_written_twice(world, folder, written) -> None:
    assert written() is not None
    assert written() is None
    assert written(world.member) is not None
    assert written(key="word/2") is not None
    assert n_letters() == 3


def test_who_has_left_or_does_not_want_it_gets_none(world, folder, written) -> None:
    world.lead.is_active = False
    db.session.add(MailChoice(person_id=world.member.id, digest=True, asked=False))
    db.session.add(MailChoice(person_id=world.coach.id, digest=False, asked=True))
    db.session.commit()
    assert (written(), written(world.member)) == (None, None)
    assert written(world.coach) is not None
    assert write_letter(world.coach, LetterKind.DIGEST, "w", "Week", [Line("x", "/")]) is None
    assert write_letter(world.staff, LetterKind.DIGEST, "w", "Week", []) is None


def test_a_letter_goes_with_its_transaction(world, folder) -> None:
    write_letter(world.lead, LetterKind.ASKED, "k", "S", [Line("x", "/")])
    db.session.rollback()
    assert n_letters() == 0


@pytest.mark.parametrize(
    "path", ["https://elsewhere.example", "//elsewhere.example", "/\\elsewhere", "javascript:x", "/\x7f", "/a\nb"]
)
def test_a_link_leads_nowhere_else(app, folder, path) -> None:
    with pytest.raises(ValueError, match="pages of ours"):
        address_of(path)


def test_the_host_header_changes_no_link(app, folder, world) -> None:
    with app.test_request_context("/", headers={"Host": "evil.example"}):
        letter = write_letter(world.lead, LetterKind.ASKED, "k", "S", [Line("x", path_of("letters.choices"))])
    assert "evil" not in letter.text + letter.html
    assert path_of("letters.choices") == "/you/mail"


def test_a_key_that_does_not_fit_is_refused(app, world, folder, written) -> None:
    with pytest.raises(ValueError, match="at most 80"):
        written(key="x" * 81)
    assert written(key="x" * 80, subject="y" * 500) is not None


def test_people_choose_their_mail(browser, world, folder, key) -> None:
    lead = browser(world.lead)
    page = lead.get("/you/mail").get_data(as_text=True)
    assert page.count("checked") == 2
    assert lead.post("/you/mail", data={"asked": "yes", "submission": key}).status_code == 303
    choice = db.session.get_one(MailChoice, world.lead.id)
    assert (choice.digest, choice.asked) == (False, True)
    assert lead.get("/you/mail").get_data(as_text=True).count("checked") == 1
    assert db.session.get(MailChoice, world.member.id) is None


def test_one_sees_ones_own_letters_alone(browser, world, folder, written) -> None:
    written(subject="Only for the lead")
    assert "Only for the lead" in browser(world.lead).get("/you/mail").get_data(as_text=True)
    assert "Only for the lead" not in browser(world.member).get("/you/mail").get_data(as_text=True)


def test_a_letter_is_readable_without_its_style_and_asks_nothing_of_another_host(world) -> None:
    letter = write_letter(
        world.lead, LetterKind.ASKED, "a", "Hello", [Line("Add a number.", "/projects/mine", "Falls")]
    )
    assert "<style" not in letter.html
    assert "<img" not in letter.html
    assert set(re.findall(r'https?://[^"<]+', letter.html)) == {address_of("/projects/mine"), address_of("/you/mail")}
    plain = re.sub(r' style="[^"]*"', "", letter.html)
    assert "<strong>Falls</strong>: <a href=" in plain
