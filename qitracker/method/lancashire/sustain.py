"""Sustain: wider, part of the job, watched, and written down for others."""

from qitracker.method.stages import EvidenceKind, Need, Question, Stage, Step, Tool

SPREAD = Step(
    key="spread",
    name="Spread",
    prompt="Think about where else your change could be used.",
    guidance=(
        "Name the next places and one person in each. Let them adapt the change: what must stay and what may differ? "
        "Spread only what your own data show to help."
    ),
    example="The risk form went from one clinic to the birth centre, which added its own phone numbers.",
    evidence=(EvidenceKind.IDEA, EvidenceKind.NOTE, EvidenceKind.FILE),
    needs=(Need.CHANGE_ADOPTED, Need.ANSWERS),
    asks=(
        Question("where", "Where next, and with whom?", "Wards or teams, and a lead in each.", 1000),
        Question("keep", "What must stay the same, and what may differ?", "So that others can adapt it.", 1000),
    ),
    minutes=10,
    tool=Tool.IDEAS,
)

IMPLEMENTATION = Step(
    key="implementation",
    name="Implementation",
    prompt="Find what is needed to keep the change.",
    guidance=(
        "A change stays when it is easier to do than to leave out. Write it into the routine, the training and the "
        "forms. Name an owner by role, who is still there when you have moved on."
    ),
    example="The risk assessment became part of the booking form. New starters learn it in their first week.",
    evidence=(EvidenceKind.NOTE, EvidenceKind.FILE),
    needs=(Need.ANSWERS,),
    asks=(
        Question("standard", "Where is the change written down?", "Procedure, form, training, job plan.", 1000),
        Question("owner", "Which role owns it?", "A role, not a person's name.", 200),
        Question("cost", "What does keeping it need?", "Time, money, equipment. None is an answer.", 500),
    ),
    minutes=10,
    tool=None,
)

MONITOR = Step(
    key="monitor",
    name="Monitor",
    prompt="Keep collecting data, and look at it regularly so that the improvement stays.",
    guidance=(
        "Keep one or two measures going, less often if they are steady. Agree who looks, and what would make you "
        "act. We tell you when the chart shows that things are slipping."
    ),
    example="The ward manager looks at the chart each month, and asks when a number is missing or a signal shows.",
    evidence=(EvidenceKind.MEASURE, EvidenceKind.POINT, EvidenceKind.NOTE),
    needs=(Need.FRESH_DATA, Need.ANSWERS),
    asks=(
        Question("who_looks", "Who looks at which measure, and how often?", "A role is better than a name.", 500),
        Question("trigger", "What would make you act?", "For example a signal on the chart.", 500),
    ),
    minutes=5,
    tool=Tool.MEASURES,
)

EVALUATE = Step(
    key="evaluate",
    name="Evaluate",
    prompt="Look back at what improved, and at what you have learnt.",
    guidance=(
        "Say whether the aim was met and how you know. Write what you would tell a team that starts tomorrow, and what "
        "did not work. Thank the people who did it."
    ),
    example="From 12% to 9%: improved, and the aim of 6% not met. Asking people early taught us most.",
    evidence=(EvidenceKind.NOTE, EvidenceKind.MEASURE, EvidenceKind.FILE),
    needs=(Need.AIM_REVIEWED, Need.ANSWERS),
    asks=(
        Question("result", "What improved, and by how much?", "Use the averages on your chart.", 1000),
        Question("learning", "What is your key learning?", "Also from what did not work.", 2000),
        Question("advice", "What would you tell the next team?", "One thing to do and one to avoid.", 1000),
    ),
    minutes=15,
    tool=None,
)

SUSTAIN = Stage(
    key="sustain",
    name="Sustain",
    purpose="Keep what helps, let others use it, and pass on what you have learnt.",
    steps=(SPREAD, IMPLEMENTATION, MONITOR, EVALUATE),
)
