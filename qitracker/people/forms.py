"""Forms for signing in, inviting, and roles."""

from email.errors import MessageError, NonASCIILocalPartDefect
from email.headerregistry import Address
from typing import Any

from wtforms import HiddenField, PasswordField

from qitracker.method.roles import ROLES, Role
from qitracker.people import passwords
from qitracker.plumbing.forms import Choice, Form, Needed, Pick, Words, to

NO_ADDRESS = "Enter an e-mail address, such as name@example.org"
HAS_LEFT = "Whoever has this address has left, and cannot sign in"


class Password(PasswordField):  # type: ignore[misc]  # WTForms has no types
    """A password: never shown again, never stripped."""

    kind = "input"
    type_ = "password"
    inputmode = None

    def __init__(self, label: str, validators: Any = (), *, hint: str = "", autocomplete: str, **options: Any) -> None:
        super().__init__(label, list(validators), **options)
        self.hint, self.autocomplete = hint, autocomplete

    def _value(self) -> str:
        return ""


class Email(Words):
    """An e-mail address in lower case."""

    inputmode = "email"
    type_ = "email"

    def __init__(self, label: str, validators: Any = (), *, autocomplete: str = "off", **options: Any) -> None:
        super().__init__(label, validators, longest=254, **options)
        self.autocomplete = autocomplete

    def read(self, typed: str) -> str:
        address = super().read(typed).lower()
        name, at, host = address.rpartition("@")
        if not (at and name and "." in host and " " not in address) or host.startswith(".") or host.endswith("."):
            raise ValueError(NO_ADDRESS)
        try:  # two addresses with a comma, a name in front, brackets: no mail would ever arrive there
            Address(addr_spec=address)
        except NonASCIILocalPartDefect:
            pass  # RFC 6531 allows it; a mail server that does not says so when it is asked
        except (ValueError, MessageError, IndexError) as problem:
            raise ValueError(NO_ADDRESS) from problem
        return address

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = ""
        super().process_formdata(valuelist)


class SignInForm(Form):
    # A plain text box: what is typed here is compared, never stored, so it is not checked for shape.
    email = Words("E-mail address", [Needed("Enter your e-mail address")], longest=254)
    password = Password("Password", [Needed("Enter your password")], autocomplete="current-password")
    next = HiddenField()

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.email.type_, self.email.inputmode, self.email.autocomplete = "email", "email", "username"


class NewPasswordForm(Form):
    password = Password(
        "New password",
        [Needed("Enter a password")],
        autocomplete="new-password",
        hint=f"At least {passwords.SHORTEST} characters. Three words that do not belong together work well.",
    )

    def check(self, *, name: str, email: str) -> bool:
        """Whether the password is good enough; the sentence stands beside the field."""
        problem = passwords.why_not(self.password.data or "", name=name, email=email)
        if problem:
            self.password.errors = [problem]
        return problem is None


class ChangePasswordForm(NewPasswordForm):
    current = Password("Current password", [Needed("Enter your current password")], autocomplete="current-password")


def _roles_on(where: str) -> list[tuple[str, str]]:
    return [(role.value, card.name) for role, card in ROLES.items() if getattr(card, where)]


def _role_hints(where: str) -> dict[str, str]:
    return {role.value: card.sentence for role, card in ROLES.items() if getattr(card, where)}


class InviteForm(Form):
    """An administrator invites somebody to a unit."""

    name = Words("Name", [Needed("Enter the person's name")], longest=120)
    email = Email("E-mail address", [Needed("Enter an e-mail address")])
    unit = Pick("Where", [Needed("Choose a place")], hint="The role covers this place and all below it.")
    role = Choice(
        "Role", [Needed("Choose a role")], coerce=to(Role), choices=_roles_on("on_unit"), hints=_role_hints("on_unit")
    )


class TeamForm(Form):
    """Somebody joins a project's team."""

    name = Words("Name", longest=120, hint="Only needed if they have no account yet.")
    email = Email("E-mail address", [Needed("Enter an e-mail address")])
    profession = Words("Works in", longest=60, hint="For example nursing, therapies, medicine, patient partner.")
    role = Choice(
        "Role in this project",
        [Needed("Choose a role")],
        coerce=to(Role),
        choices=_roles_on("on_project"),
        hints=_role_hints("on_project"),
    )


class PrivateForm(Form):
    """Only the team sees the project from now on."""

    why = Words(
        "Why should only the team see it?",
        [Needed("Say why in a sentence: it stands in the history of the project")],
        longest=300,
        rows=2,
        hint="For example: it is about a complaint. Do not name a patient.",
    )


class UnitForm(Form):
    """A new place in the tree."""

    name = Words("Name", [Needed("Enter a name, such as Ward 18")], longest=120, id="unit-name")
    parent = Pick("Belongs to", [Needed("Choose where it belongs")])
    kind = Choice("Kind", [Needed("Choose a kind")], choices=[("division", "Division"), ("ward", "Ward or service")])
