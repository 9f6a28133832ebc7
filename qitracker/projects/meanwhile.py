"""Whether somebody else has done the same while a form was open: then its sender is told, and decides again."""

import uuid
from typing import Any

NOTHING = "nothing"


def remember(form: Any, stands: object) -> None:
    """The form carries what it was opened on: the id of what stands, or None where nothing does."""
    form.version.data = str(stands or NOTHING)


def has_changed(form: Any, stands: object) -> bool:
    """Whether something else stands by now. The form takes it over, so that sending it again is a decision.

    To be asked while the project is held (`plumbing.saving.alone`). A form that carries nothing is taken as it is.
    """
    if form.version.data in {"", None, str(stands or NOTHING)}:
        return False
    remember(form, stands)
    form.submission.data = str(uuid.uuid4())
    return True
