"""`make bench-spc`: the engine beside its peers, and beside a plain copy of the numbers. Prints tables, keeps nothing.

CPU time, the best of some rounds in which everybody takes a turn. Ends with 1 when a goal is missed.
"""

import json
import subprocess
import sys

from tests.bench.engine.ours import batch_of, seconds_alone, seconds_in_batch, seconds_to_copy
from tests.bench.engine.peers import NAMES, Peers, installed
from tests.bench.engine.work import LENGTH, MANY, SHORT
from tests.bench.false_alarms import main as false_alarms
from tests.bench.run import describe
from tests.bench.tables import say, table

ROUNDS = 5
XMR_GOAL, P_GOAL = 400, 120  # times the fastest peer
COPY_GOAL, SECONDS_GOAL, MEMORY_GOAL, CONSTANT_GOAL = 60, 2.5, 1200, 0.25
WORK = {"xmr": f"XmR and its rules, {MANY} x {LENGTH}", "p": f"P, moving denominators, {MANY} x {LENGTH}",
        "one": f"one XmR series of {SHORT}"}  # fmt: skip
GOALS = {"xmr": XMR_GOAL, "p": P_GOAL, "one": 1}


def main() -> int:
    describe()
    goals = beside_peers() + by_the_million()
    say("")
    false_alarms()
    n_missed = goals.count(False)
    say("\nEvery goal is met." if not n_missed else f"\n{n_missed} of {len(goals)} goals are MISSED.")
    return 1 if n_missed else 0


def beside_peers() -> list[bool]:
    """The table of ourselves and the peers; whether each goal is met."""
    batches = {work: batch_of(work) for work in ("xmr", "p")}
    took: dict[tuple[str, str], list[float]] = {}
    peers = Peers(installed())
    for _ in range(ROUNDS):
        for work in WORK:
            ours = seconds_alone() if work == "one" else min(seconds_in_batch(batches[work]) for _ in range(5))
            took.setdefault(("ours", work), []).append(ours)
            for peer in NAMES:
                if (theirs := peers.seconds(peer, work)) is not None:
                    took.setdefault((peer, work), []).append(theirs)
    peers.close()
    rows, goals = [], []
    for work, words in WORK.items():
        best = {name: min(took[name, work]) for name in ("ours", *NAMES) if (name, work) in took}
        ratio = min(best[name] for name in NAMES if name in best) / best["ours"]
        goals.append(ratio >= GOALS[work] if work != "one" else ratio > 1)
        rates = (f"{1 / best[name]:,.0f}" if name in best else "cannot" for name in ("ours", *NAMES))
        rows.append((words, *rates, f"{ratio:,.1f} x", f"{GOALS[work]} x", "met" if goals[-1] else "MISSED"))
    table(
        "Series a second of CPU time (limits of each point and flags of each rule)",
        ("work", "qitracker.spc", *NAMES, "beside the fastest peer", "goal", ""),
        rows,
    )
    copied = seconds_to_copy(batches["xmr"])
    ours = min(took["ours", "xmr"])
    say(
        f"The same {MANY} x {LENGTH} numbers copied: {1 / copied:,.0f} series a second; XmR takes {ours / copied:.0f} x."
    )
    advised = min(seconds_alone(with_advice=True) for _ in range(ROUNDS))
    say(f"One series of {SHORT} with all its advice, which no peer gives: {1 / advised:,.0f} a second.")
    return goals


def by_the_million() -> list[bool]:
    """The table of the large batch; whether each goal is met."""
    done = subprocess.run([sys.executable, "-m", "tests.bench.engine.million"], check=True, capture_output=True)
    found = json.loads(done.stdout)
    seconds = {int(size): one for size, one in found["seconds"].items()}
    each = {size: one / size for size, one in seconds.items()}
    largest = max(seconds)
    spread = max(each.values()) / min(each.values()) - 1
    copies = seconds[largest] / found["copy"]
    rows = [(f"{size:,}", f"{one:.3f} s", f"{each[size] * 1e6:.2f} µs") for size, one in seconds.items()]
    table("XmR and its rules, 52 points each, in blocks", ("series", "CPU time", "a series"), rows)
    goals = [
        seconds[largest] < SECONDS_GOAL,
        found["memory"] < MEMORY_GOAL,
        copies < COPY_GOAL,
        spread < CONSTANT_GOAL,
    ]
    facts = (
        (f"{largest:,} series", f"{seconds[largest]:.2f} s", f"under {SECONDS_GOAL} s"),
        ("memory resident", f"{found['memory']:,.0f} MiB", f"under {MEMORY_GOAL:,} MiB"),
        ("beside a plain copy", f"{copies:.0f} x", f"under {COPY_GOAL} x"),
        ("time a series, least to most", f"+{spread:.0%}", f"under +{CONSTANT_GOAL:.0%}"),
    )
    marks = [(*fact, "met" if is_met else "MISSED") for fact, is_met in zip(facts, goals, strict=True)]
    table("A million series", ("what", "found", "goal", ""), marks)
    return goals


if __name__ == "__main__":
    sys.exit(main())
