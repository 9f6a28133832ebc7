"""The Model for Improvement: three questions and the PDSA cycle, as a second method and proof that a method
is data.

Langley, Moen, Nolan, Nolan, Norman and Provost, The Improvement Guide, 2nd edition (2009), chapter 1. Our own
words.
"""

from qitracker.method.stages import EvidenceKind, Method, Need, Question, Stage, Step, Tool

_AIM = Step(
    key="mfi_aim",
    name="Aim",
    prompt="What do you want to achieve?",
    guidance="Say what will be better, for whom, how much and by when. One aim is enough.",
    example="Reduce falls on Ash Ward by 30% (from 6.4 to 4.5 per 1,000 bed days) by 31 March 2027.",
    evidence=(EvidenceKind.AIM, EvidenceKind.TEAM_MEMBER),
    needs=(Need.AIM, Need.TEAM),
    asks=(Question("problem", "What is the problem?", "What happens, where, and for whom.", 2000),),
    minutes=10,
    tool=Tool.AIM,
)

_MEASURES = Step(
    key="mfi_measures",
    name="Measures",
    prompt="How will you know that a change is an improvement?",
    guidance="Choose a measure for the result, one for what you do, and one for what could get worse. Five are enough.",
    example="Falls per 1,000 bed days, patients with a falls plan, and patients kept in bed.",
    evidence=(EvidenceKind.MEASURE, EvidenceKind.POINT),
    needs=(Need.MEASURE_SET, Need.BASELINE),
    asks=(Question("collecting", "Who collects the data, and how?", "Name a deputy too.", 1000),),
    minutes=15,
    tool=Tool.MEASURES,
)

_CHANGES = Step(
    key="mfi_changes",
    name="Changes",
    prompt="What change can you make that will lead to an improvement?",
    guidance="Collect ideas and choose one. Test it small, predict, look, and decide what comes next.",
    example="One nurse kept to one bay for one shift. The next test took two bays, then nights.",
    evidence=(EvidenceKind.IDEA, EvidenceKind.CYCLE),
    needs=(Need.IDEAS, Need.CYCLE_STUDIED, Need.CHANGE_ADOPTED),
    asks=(Question("learnt", "What have your tests taught you?", "What surprised you?", 1000),),
    minutes=5,
    tool=Tool.CYCLES,
)

MODEL_FOR_IMPROVEMENT = Method(
    "model_for_improvement",
    "Model for Improvement",
    (
        Stage("aim", "Aim", "Agree what you want to achieve.", (_AIM,)),
        Stage("measures", "Measures", "Agree how you will know.", (_MEASURES,)),
        Stage("changes", "Changes", "Test changes and keep what helps.", (_CHANGES,)),
    ),
)
