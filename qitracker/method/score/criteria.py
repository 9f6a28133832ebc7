"""What the system looks for before it suggests a score: a table of small questions to the facts.

IHI leaves terms such as "key measures" to be made exact locally, so every threshold is a row of the settings. A
criterion looks only at what is stored: it cannot see an approval by word of mouth, and says so by asking for little.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from qitracker.method.cycles import CycleKind, CycleState, Decision
from qitracker.method.facts import MeasureFacts, ProjectFacts
from qitracker.method.ideas import IdeaStatus
from qitracker.method.measures import MeasureKind
from qitracker.method.methods import METHODS
from qitracker.method.progress import ProgressState
from qitracker.method.reasons import Reason
from qitracker.method.stages import Need
from qitracker.method.stalled.settings import Settings
from qitracker.method.steps import StepStatus, status_of

Question = Callable[[ProjectFacts, date, Settings], bool]


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing a score needs.

    `sentence` says what is still to do, `evidence` what is there once it is met; `{n}` stands for the number of the
    setting `key`, where the criterion has one.
    """

    score: float
    code: str
    sentence: str
    evidence: str
    is_met: Question
    key: str | None = None

    def lacking(self, settings: Settings) -> Reason:
        """Why the score is not higher."""
        return Reason(self.code, self._filled(self.sentence, settings))

    def shown(self, settings: Settings) -> Reason:
        """What speaks for the score."""
        return Reason(self.code, self._filled(self.evidence, settings))

    def _filled(self, sentence: str, settings: Settings) -> str:
        if self.key is None:
            return sentence
        number = settings[self.key]
        return sentence.format(n=f"{number:.0%}" if number < 1 else f"{number:g}")


def _issue_named(facts: ProjectFacts, _today: date, _settings: Settings) -> bool:
    first = METHODS[facts.method].stages[0].steps[0]
    return facts.registered is not None or bool(facts.answered.get(first.key))


def _aim_written(facts: ProjectFacts, _today: date, _settings: Settings) -> bool:
    return facts.aim is not None and facts.aim.n_missing == 0


def _team_named(facts: ProjectFacts, _today: date, settings: Settings) -> bool:
    return facts.n_team >= settings["score_team"]


def _backed(facts: ProjectFacts, _today: date, _settings: Settings) -> bool:
    return facts.has_sponsor or facts.has_coach


def _planned(facts: ProjectFacts, _today: date, _settings: Settings) -> bool:
    """A plan, or any work on a step after the first: a cause tool, a picture, a talk with people."""
    first = METHODS[facts.method].stages[0].steps[0].key
    begun = any(step != first and status is not StepStatus.NOT_STARTED for step, status in facts.statuses.items())
    return facts.has_plan or begun or any(facts.attached.values())


def _baseline(facts: ProjectFacts, _today: date, settings: Settings) -> bool:
    return any(measure.n_points >= settings["score_baseline_points"] for measure in facts.measures) or _cause_found(
        facts
    )


def _cause_found(facts: ProjectFacts) -> bool:
    """A finished picture of the work or its causes: a settled step that needs a picture, with one attached."""
    return any(
        Need.PICTURE in step.needs
        and status_of(facts.statuses, step.key) is StepStatus.DONE
        and facts.attached.get(step.key, 0) > 0
        for _, step in METHODS[facts.method].steps()
    )


def _drivers_drawn(facts: ProjectFacts, _today: date, _settings: Settings) -> bool:
    """A driver diagram; not asked where the method has none, or the team says it is not needed here."""
    asked = [step.key for _, step in METHODS[facts.method].steps() if Need.DRIVERS in step.needs]
    spared = all(status_of(facts.statuses, key) is StepStatus.NOT_APPLICABLE for key in asked)
    return facts.drivers.n_primary > 0 or spared


def _studied(facts: ProjectFacts, _today: date, settings: Settings) -> bool:
    """Tests whose Study is written; one that was only decided on has taught nobody anything yet."""
    studied = [
        cycle
        for cycle in facts.cycles
        if cycle.state is CycleState.STUDIED or (cycle.state is CycleState.DECIDED and cycle.studied is not None)
    ]
    return len(studied) >= settings["score_studied"]


def _key_measures(facts: ProjectFacts) -> list[MeasureFacts]:
    """What the aim is judged on: the measure of the aim, else the outcome measures."""
    named = [each for each in facts.measures if facts.aim is not None and each.key == facts.aim.measure_key]
    return named or [each for each in facts.measures if each.kind is MeasureKind.OUTCOME]


def _aim_measured(facts: ProjectFacts, _today: date, _settings: Settings) -> bool:
    return any(measure.n_points for measure in _key_measures(facts))


def _target_shown(facts: ProjectFacts, _today: date, _settings: Settings) -> bool:
    return any(measure.has_target for measure in facts.measures)


_KEPT = frozenset({IdeaStatus.ADOPTED, IdeaStatus.SPREAD})


def _n_adopted(facts: ProjectFacts) -> int:
    """Changes that are kept: ideas adopted, or cycles that ended so where they belong to no adopted idea."""
    ideas = {idea.key for idea in facts.ideas if idea.status in _KEPT}
    set_aside = {idea.key for idea in facts.ideas if idea.status is IdeaStatus.ABANDONED}
    adopted = [cycle for cycle in facts.cycles if cycle.decision is Decision.ADOPT]
    others = {cycle.idea_key or cycle.key for cycle in adopted} - ideas - set_aside
    return len(ideas) + len(others)


def _adopted(facts: ProjectFacts, _today: date, settings: Settings) -> bool:
    return _n_adopted(facts) >= settings["score_adopted"]


def _adopted_several(facts: ProjectFacts, _today: date, settings: Settings) -> bool:
    return _n_adopted(facts) >= settings["score_adopted_several"]


def _share_done(facts: ProjectFacts) -> float:
    return facts.aim.share_done if facts.aim is not None and facts.aim.share_done is not None else 0.0


def _modest(facts: ProjectFacts, _today: date, settings: Settings) -> bool:
    return facts.has_story or _share_done(facts) >= settings["score_modest_share"]


_MOVED = frozenset({ProgressState.IMPROVED_NOT_MET, ProgressState.MET})


def _outcome_improved(facts: ProjectFacts, _today: date, _settings: Settings) -> bool:
    """A gain on the chart of the aim or of another outcome, also after the level was set anew."""
    if facts.aim is not None and facts.aim.state in _MOVED:
        return True
    outcomes = [measure for measure in facts.measures if measure.kind is MeasureKind.OUTCOME]
    return any(measure.has_gain for measure in outcomes)


def _process_improved(facts: ProjectFacts, today: date, settings: Settings) -> bool:
    """A gain on a process measure. An outcome that has moved says more, and counts too."""
    processes = [measure for measure in facts.measures if measure.kind is MeasureKind.PROCESS]
    return any(measure.has_gain for measure in processes) or _outcome_improved(facts, today, settings)


def _half_way(facts: ProjectFacts, _today: date, settings: Settings) -> bool:
    return _share_done(facts) >= settings["score_significant_share"]


def _implementing(facts: ProjectFacts, _today: date, _settings: Settings) -> bool:
    under_way = [cycle for cycle in facts.cycles if cycle.state is not CycleState.PLANNED]
    return any(cycle.purpose == CycleKind.IMPLEMENT for cycle in under_way)


def _kept(facts: ProjectFacts, _today: date, settings: Settings) -> bool:
    enough = [each for each in _key_measures(facts) if each.points_since_change >= settings["score_kept_points"]]
    return any(not measure.variation.startswith("concern") for measure in enough)


def _sustain_plan(facts: ProjectFacts, _today: date, _settings: Settings) -> bool:
    return facts.has_sustain_plan


def _met_for_long(facts: ProjectFacts, today: date, settings: Settings) -> bool:
    since = facts.aim.met_since if facts.aim is not None else None
    return since is not None and today >= settings.first_day("score_kept_months", since)


def _standard_work(facts: ProjectFacts, _today: date, _settings: Settings) -> bool:
    return any(cycle.purpose == CycleKind.IMPLEMENT and cycle.decision is Decision.ADOPT for cycle in facts.cycles)


def _spread(facts: ProjectFacts, _today: date, settings: Settings) -> bool:
    return facts.n_spread >= settings["score_spread"]


CRITERIA: tuple[Criterion, ...] = (
    Criterion(0.5, "issue_named", "Say what the problem is.", "The problem is named.", _issue_named),
    Criterion(1.0, "aim_written", "Complete the aim.", "The aim is complete.", _aim_written),
    Criterion(1.0, "team_named", "Name at least {n} people in the team.", "The team has {n} people or more.",
              _team_named, "score_team"),
    Criterion(1.0, "backed", "Name a sponsor or a coach.", "A sponsor or a coach stands behind it.", _backed),
    Criterion(1.5, "planned", "Begin to plan: a meeting, a task, or the next step of the stage.",
              "Planning has begun.", _planned),
    Criterion(2.0, "baseline", "Add at least {n} numbers of one measure, or finish a picture of the causes.",
              "There are first numbers, or a finished picture of the causes.", _baseline, "score_baseline_points"),
    Criterion(2.0, "drivers_drawn", "Draw the driver diagram.", "The driver diagram is drawn, or not needed here.",
              _drivers_drawn),
    Criterion(2.5, "studied", "Study a test: write down what it showed. Tests asked for: {n}.",
              "Tests studied: {n} or more.", _studied, "score_studied"),
    Criterion(2.5, "aim_measured", "Add numbers of the measure that shows the aim.", "The aim is measured.",
              _aim_measured),
    Criterion(2.5, "target_shown", "Show the target on a chart.", "A chart shows the target.", _target_shown),
    Criterion(3.0, "adopted", "Adopt what your tests show to help. Changes asked for: {n}.",
              "Changes adopted: {n} or more.", _adopted, "score_adopted"),
    Criterion(3.0, "modest", "Come {n} of the way to the aim, or tell what became better for somebody.",
              "{n} of the way to the aim is done, or people tell what became better.", _modest, "score_modest_share"),
    Criterion(3.5, "adopted_several", "Adopt more of what helps. Changes asked for: {n}.",
              "Changes adopted: {n} or more.", _adopted_several, "score_adopted_several"),
    Criterion(3.5, "process_improved", "A chart has to show a change for the better.",
              "A chart shows a change for the better.", _process_improved),
    Criterion(4.0, "half_way", "Come {n} of the way to the aim.", "{n} of the way to the aim is done.", _half_way,
              "score_significant_share"),
    Criterion(4.0, "outcome_improved", "The outcome chart has to show a change for the better.",
              "The outcome chart shows a change for the better.", _outcome_improved),
    Criterion(4.0, "implementing", "Make a change part of the job, with a PDSA cycle for that.",
              "A change is becoming part of the job.", _implementing),
    Criterion(4.5, "kept", "Keep the new level for {n} numbers after the chart was set to it.",
              "The new level has held for {n} numbers or more.", _kept, "score_kept_points"),
    Criterion(4.5, "sustain_plan", "Write down who keeps the change, and who watches it.",
              "It is written down who keeps the change and who watches it.", _sustain_plan),
    Criterion(5.0, "met_for_long", "Keep the aim met for {n} months.", "The aim has been met for {n} months or more.",
              _met_for_long, "score_kept_months"),
    Criterion(5.0, "standard_work", "Adopt a change as part of the job.", "A change is part of the job.",
              _standard_work),
    Criterion(5.0, "spread", "Help others to use it. Other places asked for: {n}.",
              "Other places that use it: {n} or more.", _spread, "score_spread"),
)  # fmt: skip
"""After IHI's Assessment Scale for Collaboratives; what of it a program can see, and how, is ours. A sponsor or a coach
is enough for 1.0: a coach who leaves must not take the score of a project that works down to 0.5."""
