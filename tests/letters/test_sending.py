"""What was written is sent once: to a folder or a mail server, through failures, refusals and workers that die."""

from datetime import timedelta
from email import message_from_bytes
from email.policy import default

import pytest

from qitracker.config import Secured
from qitracker.letters import sending
from qitracker.models import Letter, db

NOTHING = {"sent": 0, "failed": 0, "given_up": 0, "waiting": 0}


def read(path):
    return message_from_bytes(path.read_bytes(), policy=default)


def test_a_letter_becomes_one_file(folder, written, world) -> None:
    letter = written(subject="Grüße")
    assert sending.sweep() == NOTHING | {"sent": 1}
    assert sending.sweep() == NOTHING
    mail = read(folder / f"{letter.id}.eml")
    assert [one.name for one in folder.iterdir()] == [f"{letter.id}.eml"]
    assert (mail["Subject"], mail["To"], mail["From"]) == (
        "Grüße", "Role lead <lead@example.org>", "QI tracker <qitracker@localhost>",
    )  # fmt: skip
    assert mail["Message-ID"] == f"<{letter.id}@qi.example.org>"
    assert mail["List-Unsubscribe"] == "<https://qi.example.org/you/mail>"
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    assert "night shift" in mail.get_body(("plain",)).get_content()
    assert (letter.sent_at is not None, letter.tries) == (True, 1)


@pytest.mark.parametrize("broken", ["\r\nBcc: all@example.org", "\nBcc: all@example.org", "\x01\x0b\x85 Bcc: x", "  "])
def test_no_header_can_be_added(folder, written, world, broken) -> None:
    world.lead.name = f"Role{broken}"
    letter = written(subject=f"Hello{broken}\r\n\r\n<b>body</b>")
    letter.subject = f"Hello{broken}"  # also past the writing
    db.session.commit()
    assert sending.sweep()["sent"] == 1
    mail = read(folder / f"{letter.id}.eml")
    assert mail["Bcc"] is None
    assert mail["To"].addresses[0].addr_spec == "lead@example.org"


@pytest.mark.parametrize("email", ["a b@example.org", "x@y@z", "a@b\r\nbcc: all@example.org", "nobody", "a@"])
def test_an_address_that_is_none_is_given_up_with_a_sentence(folder, written, world, email) -> None:
    world.lead.email = email
    letter = written()
    assert sending.sweep() == NOTHING | {"given_up": 1}
    assert letter.problem == "The e-mail address cannot be used."
    assert not list(folder.iterdir())


@pytest.mark.parametrize("email", ["josé@example.org", "a@exämple.org"])
def test_an_address_beyond_ascii_stops_nobody_elses_mail(folder, written, world, email) -> None:
    world.lead.email = email
    letter = written()
    written(world.member)
    found = sending.sweep()
    assert found["sent"] + found["failed"] + found["given_up"] == 2
    assert (letter.sent_at is None) == (letter.problem != "")
    assert db.session.query(Letter).filter_by(person_id=world.member.id).one().sent_at is not None


def test_somebody_who_left_since_gets_none(folder, written, world) -> None:
    letter = written()
    world.lead.is_active = False
    db.session.commit()
    assert sending.sweep() == NOTHING | {"given_up": 1}
    assert letter.problem == "The person has left."


def test_a_worker_that_dies_leaves_its_letter_to_the_next(folder, written, clock) -> None:
    letter = written()
    assert sending.claim() == letter.id  # and here it dies
    assert sending.claim() is None
    assert sending.sweep() == NOTHING | {"waiting": 1}
    clock.move(minutes=4, seconds=59)
    assert sending.sweep()["sent"] == 0
    clock.move(seconds=1)
    assert sending.sweep() == NOTHING | {"sent": 1}
    assert letter.tries == 2


def test_a_worker_that_dies_after_the_file_leaves_one_file(folder, written, clock) -> None:
    letter = written()
    sending.sweep()
    letter.sent_at = None  # as if the commit had not come
    db.session.commit()
    clock.move(minutes=5)
    assert sending.sweep() == NOTHING | {"sent": 1}
    assert len(list(folder.iterdir())) == 1


def test_a_folder_that_cannot_be_written_keeps_all_waiting(mail_settings, written, tmp_path) -> None:
    (tmp_path / "file").write_text("in the way")
    mail_settings(folder=tmp_path / "file" / "mail")
    letter = written()
    assert sending.sweep() == NOTHING | {"waiting": 1, "unreachable": 1}
    assert letter.tries == 0


def test_the_mail_server_gets_each_once(postbox, written, world) -> None:
    written()
    written(world.member)
    assert sending.sweep() == NOTHING | {"sent": 2}
    assert sending.sweep() == NOTHING
    assert len(postbox.kept) == 2
    assert "To: Role lead <lead@example.org>" in "".join(postbox.kept)


@pytest.mark.parametrize(
    ("who", "answer", "count", "sentence"),
    [
        ("lead", "550 no such person", "given_up", "The mail server refused the address (550)."),
        ("lead", "451 try later", "failed", "The mail server refused the address (451)."),
        ("data", "554 not wanted", "given_up", "The mail server refused the mail (554)."),
        ("data", "452 full", "failed", "The mail server refused the mail (452)."),
    ],
)
def test_a_refusal_is_told_and_does_not_stop_the_next(postbox, written, world, who, answer, count, sentence) -> None:
    postbox.answers[who] = answer
    letter = written()
    found = sending.sweep()
    assert (found[count], letter.problem, letter.sent_at) == (1, sentence, None)
    postbox.answers.clear()
    written(world.member)
    assert sending.sweep()["sent"] == 1
    assert len(postbox.kept) == 1


def test_a_server_that_hangs_up_or_is_not_there_is_asked_again_later(postbox, written, clock) -> None:
    postbox.answers["data"] = "hang up"
    letter = written()
    assert sending.sweep() == NOTHING | {"waiting": 1, "unreachable": 1}
    assert letter.problem == "The mail server broke off."
    postbox.answers.clear()
    clock.move(minutes=5)
    assert sending.sweep() == NOTHING | {"sent": 1}
    assert letter.problem == ""


@pytest.mark.parametrize("secured", [Secured.STARTTLS, Secured.TLS])
def test_mail_never_goes_in_the_open_where_that_was_not_asked(postbox, mail_settings, written, secured) -> None:
    mail_settings(host="127.0.0.1", port=postbox.server_address[1], sender="qi@example.org", secured=secured)
    letter = written()
    assert sending.sweep() == NOTHING | {"waiting": 1, "unreachable": 1}
    assert (letter.tries, postbox.kept) == (0, [])


def test_after_the_last_try_it_is_over(mail_settings, postbox, written, clock) -> None:
    postbox.answers["lead"] = "451 try later"
    letter = written()
    found = []
    for wait in (*sending.WAITS, timedelta(0)):
        found.append(sending.sweep())
        clock.move(seconds=wait.total_seconds())
    assert [one["failed"] for one in found] == [1] * 7 + [0]
    assert found[-1] == NOTHING | {"given_up": 1}
    clock.move(days=30)
    assert sending.sweep() == NOTHING
    assert letter.tries == sending.MOST_TRIES


def test_a_sweep_ends(folder, written, world, monkeypatch) -> None:
    monkeypatch.setattr(sending, "MOST_AT_ONCE", 3)
    for number in range(5):
        written(key=f"word/{number}")
    assert sending.sweep() == NOTHING | {"sent": 3, "waiting": 2}
    assert sending.sweep() == NOTHING | {"sent": 2}
    assert db.session.query(Letter).filter(Letter.sent_at.is_(None)).count() == 0
