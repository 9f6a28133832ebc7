"""`python -m tests.spc.spec`: writes docs/spc.md."""

from tests.spc.spec.pages import MANUAL, manual

MANUAL.write_text(manual(), encoding="utf-8")
