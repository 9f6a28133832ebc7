"""Deliver: choose, test small, learn, and clear what is in the way."""

from qitracker.method.stages import EvidenceKind, Need, Question, Stage, Step, Tool

MOMENTUM = Step(
    key="momentum",
    name="Momentum",
    prompt="Choose the ideas that will bring an early improvement.",
    guidance=(
        "Score each idea for how much it would help and how hard it is. Start with one that helps and is easy. "
        "An early win gives the team heart for the harder ones."
    ),
    example="Clear drapes came first: they were in the store, and one theatre could try them the next day.",
    evidence=(EvidenceKind.IDEA, EvidenceKind.NOTE),
    needs=(Need.PRIORITIES,),
    asks=(Question("why_these", "Why did you choose these ideas first?", "A sentence is enough.", 500),),
    minutes=5,
    tool=Tool.IDEAS,
)

RESOURCES = Step(
    key="resources",
    name="Resources",
    prompt="What can you test now, with what you have?",
    guidance=(
        "Look for the part of the idea that needs no money and nobody's permission. Make it smaller until you can do "
        "it tomorrow: one nurse, one patient, one shift. Note what would need help from others."
    ),
    example="One midwife tried the new risk form with the next 3 women, on paper.",
    evidence=(EvidenceKind.CYCLE, EvidenceKind.IDEA, EvidenceKind.NOTE),
    needs=(Need.IDEA_IN_TEST,),
    asks=(
        Question("within_reach", "What can you test without asking anyone?", "Think of the next shift.", 500),
        Question("help_needed", "What would need help?", "Say from whom.", 500),
    ),
    minutes=5,
    tool=Tool.IDEAS,
)

OVERCOMING = Step(
    key="overcoming",
    name="Overcoming problems",
    prompt="Deal with risks and barriers quickly.",
    guidance=(
        "Write down what is in the way and who can move it. If it has not moved in two weeks, ask the sponsor. "
        "A barrier that is said out loud is half way to being solved."
    ),
    example="The leaflets waited for translation. The sponsor found the money within a week.",
    evidence=(EvidenceKind.NOTE, EvidenceKind.FILE),
    needs=(Need.ANSWERS,),
    asks=(
        Question("barriers", "What is in the way?", "One line for each. Write none if nothing is.", 1000),
        Question("actions", "Who does what about it, and by when?", "Say where the sponsor must help.", 1000),
    ),
    minutes=5,
    tool=None,
)

TESTING = Step(
    key="testing",
    name="Testing",
    prompt="Run small experiments (PDSA cycles) to make ideas better, and look at the data to see what they do.",
    guidance=(
        "Before each test write down what you think will happen. Afterwards write down what did, and what you learnt. "
        "Then decide: adopt it, adapt it, or abandon it. Make the next test a little wider."
    ),
    example="Cycle 1 with one midwife, cycle 2 in one clinic, cycle 3 in all clinics. The prediction was right twice.",
    evidence=(EvidenceKind.CYCLE, EvidenceKind.POINT, EvidenceKind.NOTE),
    needs=(Need.CYCLE_STUDIED, Need.FRESH_DATA, Need.CHANGE_ADOPTED),
    asks=(Question("learnt", "What have your tests taught you so far?", "What surprised you?", 1000),),
    minutes=5,
    tool=Tool.CYCLES,
)

DELIVER = Stage(
    key="deliver",
    name="Deliver",
    purpose="Try ideas on a small scale, learn from each, and let the data show what helps.",
    steps=(MOMENTUM, RESOURCES, OVERCOMING, TESTING),
)
