"""docs/stages.md says what the methods say."""

from pathlib import Path

from qitracker.method.methods import METHODS
from qitracker.method.stages_page import diagram, stages_page

PAGE = Path(__file__).parents[2] / "docs" / "stages.md"


def test_the_page_in_the_docs_is_the_one_the_methods_make() -> None:
    assert PAGE.read_text(encoding="utf-8") == stages_page()


def test_the_page_names_every_step_and_question() -> None:
    page = stages_page()
    for method in METHODS.values():
        for _, step in method.steps():
            assert f"#### {step.name}\n\n**{step.prompt}**" in page
            assert all(question.label in page for question in step.asks)


def test_the_picture_joins_the_stages_in_order() -> None:
    joined = "stage_understand --> stage_co_design --> stage_deliver --> stage_sustain"
    assert joined in diagram(METHODS["lancashire"])
