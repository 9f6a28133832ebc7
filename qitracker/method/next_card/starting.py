"""What a project needs before it can test: the problem, an aim, a measure, ideas, a team, drivers."""

from datetime import date

from qitracker.method.facts import ProjectFacts
from qitracker.method.measures import MEASURE_KINDS, MeasureKind
from qitracker.method.methods import METHODS
from qitracker.method.next_card.card import NextCard
from qitracker.method.next_card.moment import current_stage, is_open, is_reached, is_settled
from qitracker.method.readiness import BASELINE_POINTS, FEWEST_IN_TEAM
from qitracker.method.stages import Need, Tool

FEWEST_IDEAS = 3
"""With fewer ideas there is little to choose between. Ours."""


def describe_problem(facts: ProjectFacts, _today: date) -> NextCard | None:
    """A project that has only just begun: say what the problem is."""
    stage = current_stage(facts)
    first = stage.steps[0]
    if stage is not METHODS[facts.method].stages[0] or facts.answered.get(first.key) or is_settled(facts, first):
        return None
    why = "Say what happens that should not, where, and for whom. A few sentences are enough."
    return NextCard("describe_problem", "Describe the problem", why, "Describe it", Tool.STEP, first.key, 5)


def write_aim(facts: ProjectFacts, _today: date) -> NextCard | None:
    """It is time for an aim, and there is none or parts of it are missing."""
    if not is_reached(facts, Need.AIM):
        return None
    if facts.aim is None:
        why = "An aim says what will be better, for whom, how much and by when. Everything else follows from it."
        return NextCard("write_aim", "Write your aim", why, "Write the aim", Tool.AIM, None, 5)
    if facts.aim.n_missing and is_open(facts, Need.AIM):
        why = f"Your aim still lacks {counted(facts.aim.n_missing, 'part')}."
        return NextCard("complete_aim", "Complete your aim", why, "Complete the aim", Tool.AIM, None, 3)
    return None


def add_measure(facts: ProjectFacts, _today: date) -> NextCard | None:
    """There is nothing to see a change with."""
    if facts.measures or not is_reached(facts, Need.BASELINE, Need.MEASURE_SET):
        return None
    why = f"{MEASURE_KINDS[MeasureKind.OUTCOME].question} One number you can get each week or month will tell you."
    return NextCard("add_measure", "Choose a measure", why, "Add a measure", Tool.MEASURES, None, 3)


def add_baseline(facts: ProjectFacts, _today: date) -> NextCard | None:
    """The measure that matters most has too few points to tell a change from chance, and nothing is tested yet."""
    if not facts.measures or facts.cycles or not is_open(facts, Need.BASELINE):
        return None
    measure = next((found for found in facts.measures if found.kind is MeasureKind.OUTCOME), facts.measures[0])
    if measure.n_points >= BASELINE_POINTS:
        return None
    have = f"{measure.name} has {measure.n_points} of the {BASELINE_POINTS} numbers that make a good start."
    title = "Add numbers from before the change"
    why = f"{have} Old records count too."
    return NextCard("add_baseline", title, why, "Add numbers", Tool.MEASURES, measure.key, 5)


def collect_ideas(facts: ProjectFacts, _today: date) -> NextCard | None:
    """There are no ideas, or hardly any to choose between while they are being collected."""
    if not is_reached(facts, Need.IDEAS) or len(facts.ideas) >= FEWEST_IDEAS:
        return None
    still_collecting = any(
        Need.IDEAS in step.needs and not is_settled(facts, step) for step in current_stage(facts).steps
    )
    if facts.ideas and not still_collecting:
        return None
    why = "Ask everyone on the ward what might help, nights too. Write each idea down as it was said."
    if facts.ideas:
        why = f"You have {counted(len(facts.ideas), 'idea')}. {FEWEST_IDEAS} or more give you a choice. {why}"
    return NextCard("collect_ideas", "Collect ideas", why, "Add an idea", Tool.IDEAS, None, 2)


def name_team(facts: ProjectFacts, _today: date) -> NextCard | None:
    """Too few people to carry the work."""
    if facts.n_team >= FEWEST_IN_TEAM or not is_open(facts, Need.TEAM):
        return None
    people = {0: "nobody", 1: "1 person"}.get(facts.n_team, f"{facts.n_team} people")
    why = f"You have {people} so far. Five to eight with different jobs work well."
    return NextCard("name_team", "Name your team", why, "Add people", Tool.TEAM, None, 3)


def ask_sponsor(facts: ProjectFacts, _today: date) -> NextCard | None:
    """Nobody with authority stands behind the work."""
    if facts.has_sponsor or not is_open(facts, Need.SPONSOR):
        return None
    why = "A sponsor is a leader who removes what the team cannot move."
    return NextCard("ask_sponsor", "Ask someone to be your sponsor", why, "Add a sponsor", Tool.TEAM, None, 3)


def draw_drivers(facts: ProjectFacts, _today: date) -> NextCard | None:
    """It is time for a driver diagram and there is none."""
    if facts.drivers.n_primary or not is_open(facts, Need.DRIVERS):
        return None
    why = "What would have to be true to reach your aim? Write down two to five drivers."
    return NextCard("draw_drivers", "Draw your driver diagram", why, "Add drivers", Tool.DRIVERS, None, 10)


def counted(n: int, noun: str) -> str:
    """ "1 part", "3 parts"."""
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"
