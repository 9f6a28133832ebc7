"""Understand: what the problem is, for whom, and every idea anyone has."""

from qitracker.method.stages import EvidenceKind, Need, Question, Stage, Step, Tool

FOCUS = Step(
    key="focus",
    name="Focus",
    prompt="What is the problem, and what data show it?",
    guidance=(
        "Say what happens that should not, where, and how often. Look for numbers you already have before you collect "
        "new ones. Five numbers written down by hand are a good start."
    ),
    example=(
        "12% of people from black and ethnic minority groups lost 1,000 ml of blood or more at birth, "
        "compared with 5% of white people."
    ),
    evidence=(EvidenceKind.MEASURE, EvidenceKind.POINT, EvidenceKind.FILE, EvidenceKind.NOTE),
    needs=(Need.ANSWERS, Need.BASELINE),
    asks=(
        Question("problem", "What is the problem?", "What happens, where, and for whom.", 2000),
        Question("evidence", "How do you know?", "A number, an audit, or what people told you.", 1000),
        Question("why_now", "Why now?", "For example an incident, a complaint or a staff idea.", 500),
    ),
    minutes=10,
    tool=Tool.MEASURES,
)

PEOPLE = Step(
    key="people",
    name="People",
    prompt="Who does this problem affect?",
    guidance=(
        "Think of patients, families, and staff in other teams. Ask whether it is worse for some groups than for "
        "others, by ethnicity, age, language or where people live. Then go and ask some of them."
    ),
    example=(
        "The team interviewed 9 people who had used the service and held 3 focus groups with colleagues, "
        "before they chose any change."
    ),
    evidence=(EvidenceKind.NOTE, EvidenceKind.FILE, EvidenceKind.MEASURE),
    needs=(Need.ANSWERS,),
    asks=(
        Question("affected", "Who is affected?", "Groups of people. Do not name patients.", 1000),
        Question("unequal", "Is it worse for some groups?", "Say which, and how you know.", 1000),
        Question("asked", "Whom have you asked, and what did they say?", "Do not name patients.", 2000),
    ),
    minutes=10,
    tool=None,
)

VISUALISE = Step(
    key="visualise",
    name="Visualise",
    prompt="Draw a picture of the problem as it is now.",
    guidance=(
        "A process map, a fishbone or a photo of sticky notes will do. Follow one patient through the real steps, not "
        "the ones in the policy. Mark where people wait and where things go wrong."
    ),
    example="A map of the way from booking to birth, with a red dot at each place where the risk is not looked at.",
    evidence=(EvidenceKind.FILE, EvidenceKind.NOTE),
    needs=(Need.PICTURE, Need.ANSWERS),
    asks=(
        Question("shows", "What does the picture show?", "In words, for people who cannot see it.", 1000),
        Question("causes", "What seem to be the main causes?", "Say which ones you have checked.", 1000),
    ),
    minutes=15,
    tool=None,
)

CHANGE = Step(
    key="change",
    name="Change",
    prompt="Collect every idea that may help. Do not rule anything out.",
    guidance=(
        "Ask everyone, nights and weekends too, and ask patients. Write down each idea as it was said. You choose "
        "between them later, so nothing is too small or too odd."
    ),
    example="Clear drapes to see blood loss, an early booking visit, leaflets in the languages people read.",
    evidence=(EvidenceKind.IDEA, EvidenceKind.NOTE),
    needs=(Need.IDEAS,),
    asks=(Question("how", "How did you collect ideas?", "For example a board by the kettle.", 500),),
    minutes=5,
    tool=Tool.IDEAS,
)

UNDERSTAND = Stage(
    key="understand",
    name="Understand",
    purpose="See the problem as it really is, and hear from the people it affects.",
    steps=(FOCUS, PEOPLE, VISUALISE, CHANGE),
)
