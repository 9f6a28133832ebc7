"""Forms of the coaching room."""

from qitracker.plumbing.forms import Form, Needed, Words

LONGEST_WORD = 2000


class AdviceForm(Form):
    """A coach's word to the team."""

    text = Words(
        "Leave a word for the team", [Needed("Write a word of advice")], longest=LONGEST_WORD, rows=4, id="advice"
    )


class QuestionForm(Form):
    """The team asks its coach."""

    text = Words(
        "Ask your coach", [Needed("Write your question")], longest=LONGEST_WORD, rows=3, id="question",
        hint="Your coach sees it in their list, and answers here.",
    )  # fmt: skip


class AnswerForm(Form):
    """An answer to one word of the thread."""

    text = Words("Your answer", [Needed("Write your answer")], longest=LONGEST_WORD, rows=3, id="answer")
