"""The jobs that run without a person: name, rhythm, what each is for, and how what it did is said."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from qitracker.jobs.digest import write_digests
from qitracker.jobs.rhythm import Rhythm
from qitracker.jobs.scores import ask_for_scores
from qitracker.jobs.standings import keep_all, numbers_changed_since
from qitracker.jobs.tidying import tidy
from qitracker.letters.sending import sweep


@dataclass(frozen=True, slots=True)
class Job:
    """One job. `run` takes the day it is for and answers counts; `words` say each count, `{n}` stands for it.

    It may run twice for a day, or be killed at any line: what it writes has a key, and the next run goes on.
    `to_people`: it writes to people, so a first start in the middle of a week does not make up for the past.
    `again`: whether something has happened since a run began that asks for another one on the same day.
    """

    name: str
    title: str
    sentence: str
    rhythm: Rhythm
    run: Callable[[date], Mapping[str, int]]
    words: Mapping[str, str]
    to_people: bool = False
    again: Callable[[datetime], bool] | None = None

    def did(self, counts: Mapping[str, int]) -> str:
        """What a run did, in words: "5,000 projects looked at, 12 changed"."""
        said = [_counted(words, counts[key]) for key, words in self.words.items() if counts.get(key)]
        return ", ".join(said) or "Nothing to do"


def _counted(words: str, n: int) -> str:
    """ "1 project looked at", "5,000 projects looked at"."""
    one = n == 1
    tries, people = ("try", "person") if one else ("tries", "people")
    return words.format(n=f"{n:,}", s="" if one else "s", tries=tries, people=people)


def _sweep(_day: date) -> Mapping[str, int]:
    return sweep()


JOBS: Mapping[str, Job] = {
    job.name: job
    for job in (
        Job(
            "mail",
            "Send mail",
            "Sends the letters that were written, and tries again what could not be sent.",
            Rhythm(),
            _sweep,
            {"sent": "{n} sent", "failed": "{n} to be tried again", "given_up": "{n} given up"},
        ),
        Job(
            "standings",
            "Where projects stand",
            "Works out for each project whether it is active, quiet or stalled, and which score its evidence suggests.",
            Rhythm(time(2, 10)),
            keep_all,
            {
                "looked_at": "{n} project{s} looked at",
                "changed": "{n} changed",
                "failed": "{n} could not be worked out",
            },
            again=numbers_changed_since,
        ),
        Job(
            "tidy",
            "Tidy up",
            "Forgets uploads nobody saved, sign-ins that have ended, and letters older than a year.",
            Rhythm(time(3, 30)),
            tidy,
            {
                "uploads": "{n} unsaved upload{s}",
                "sessions": "{n} old sign-in{s}",
                "tries": "{n} old {tries} to sign in",
                "forms": "{n} key{s} of sent forms",
                "letters": "{n} old letter{s}",
                "runs": "{n} old run{s} of jobs",
            },
        ),
        Job(
            "scores",
            "Ask for scores",
            "Asks each team once a month for its progress score, with the evidence listed.",
            Rhythm(time(7, 0)),
            ask_for_scores,
            {"asked": "{n} team{s} asked", "written": "{n} letter{s} written"},
            to_people=True,
        ),
        Job(
            "digest",
            "Weekly mail",
            "Writes to each person what waits for them, one line each, or nothing where nothing waits.",
            Rhythm(time(7, 30), weekday=0),
            write_digests,
            {"people": "{n} {people} looked at", "written": "{n} letter{s} written"},
            to_people=True,
        ),
    )
}
"""The hours are ours: nights are quiet, and what was worked out at night is there for the mail of the morning."""
