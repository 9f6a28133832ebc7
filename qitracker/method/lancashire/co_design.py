"""Co-design: the team, what good looks like, and the plan."""

from qitracker.method.stages import EvidenceKind, Need, Question, Stage, Step, Tool

TEAMWORK = Step(
    key="teamwork",
    name="Teamwork",
    prompt="Bring together the people who need to be part of the change, and ask leaders for support.",
    guidance=(
        "Five to eight people of different jobs work well. Include someone who does the work, someone who can say yes, "
        "and if you can a patient or carer. Ask a sponsor to remove what the team cannot move."
    ),
    example="A midwife, an obstetrician, a theatre nurse, an analyst, a service user, and a director as sponsor.",
    evidence=(EvidenceKind.TEAM_MEMBER, EvidenceKind.NOTE),
    needs=(Need.TEAM, Need.SPONSOR, Need.SERVICE_USER),
    asks=(
        Question("support", "What have leaders agreed to?", "For example time on the rota.", 500),
        Question("meetings", "When and where do you meet?", "15 minutes a week is enough.", 300),
    ),
    minutes=5,
    tool=Tool.TEAM,
)

PROCESS = Step(
    key="process",
    name="Process",
    prompt="Agree together what good looks like.",
    guidance=(
        "Write one aim: what will change, for whom, from what to what, by when. Then ask what would have to be true to "
        "get there: these are your drivers. Hang the ideas you collected on them."
    ),
    example="Reduce blood loss of 1,000 ml or more by 50% (from 12% to 6%) by 1 March 2025.",
    evidence=(EvidenceKind.AIM, EvidenceKind.DRIVER_DIAGRAM, EvidenceKind.NOTE),
    needs=(Need.AIM, Need.DRIVERS),
    asks=(Question("vision", "What does good look like?", "As a patient or a colleague would tell it.", 1000),),
    minutes=15,
    tool=Tool.DRIVERS,
)

PLANNING = Step(
    key="planning",
    name="Planning",
    prompt="Make your plan. What data will you watch, and which tests of change will you try?",
    guidance=(
        "Choose a few measures: one for the result, one for what you do differently, one for what could get worse. Say "
        "who collects each number and how often. Then plan one small test you can start this week."
    ),
    example="Result: blood loss of 1,000 ml or more. What we do: risk assessment at booking. First test: one clinic.",
    evidence=(EvidenceKind.MEASURE, EvidenceKind.CYCLE, EvidenceKind.FILE),
    needs=(Need.MEASURE_SET, Need.CYCLE_PLANNED),
    asks=(
        Question("collecting", "Who collects the data, and how?", "Name a deputy too.", 1000),
        Question("first_tests", "Which tests come first?", "Small ones: one patient, one shift.", 1000),
    ),
    minutes=15,
    tool=Tool.MEASURES,
)

SHARE = Step(
    key="share",
    name="Share",
    prompt="Be open, and talk about your work.",
    guidance=(
        "Tell people what you are trying before you try it. Put the chart where staff and visitors see it, and say "
        "what is not working too. Others may have tried the same."
    ),
    example="The chart hung in the corridor, and each handover ended with one minute on this week's test.",
    evidence=(EvidenceKind.NOTE, EvidenceKind.FILE),
    needs=(Need.ANSWERS,),
    asks=(
        Question("told", "Whom have you told, and how?", "For example a huddle, a poster, a newsletter.", 1000),
        Question("heard", "What did you hear back?", "Worries are worth writing down.", 1000),
    ),
    minutes=5,
    tool=None,
)

CO_DESIGN = Stage(
    key="co_design",
    name="Co-design",
    purpose="Agree with each other what good looks like and how you will get there.",
    steps=(TEAMWORK, PROCESS, PLANNING, SHARE),
)
