"""Forms of the coaching room."""

from qitracker.plumbing.forms import Form, Needed, Words

LONGEST_WORD = 2000


class AdviceForm(Form):
    """A coach's word to the team."""

    text = Words(
        "Leave a word for the team", [Needed("Write a word of advice")], longest=LONGEST_WORD, rows=4, id="advice"
    )


class QuestionForm(Form):
    """The team asks its coach. The page says beside it who finds the question (`thread.who_finds`)."""

    text = Words("Ask your coach", [Needed("Write your question")], longest=LONGEST_WORD, rows=3, id="question")


class AnswerForm(Form):
    """An answer to one word of the thread."""

    text = Words("Your answer", [Needed("Write your answer")], longest=LONGEST_WORD, rows=3, id="answer")
