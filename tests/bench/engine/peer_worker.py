"""Runs in the peers' own environment: is told a peer and a piece of work, answers the CPU seconds of one series.

Each peer gets the fastest of its ways that gives limits and rules, and its answer as it gives it.
"""

import json
import sys
import time
import warnings
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import pandas as pd
import pycontrolcharts
import qikit
import shewhart
from work import LENGTH, MANY, SHORT, counts, values

N_SERIES = 100  # of the 600, in each round


def xmr_of(peer, y):
    if peer == "pycontrolcharts":
        return pycontrolcharts.calc_xmr(y.tolist())
    if peer == "clinical-qikit":
        return qikit.qic(y=y, chart="i", method="ihi")
    return shewhart.imr(pd.DataFrame({"y": y}), value="y", rules="western_electric")


def p_of(peer, events, sizes):
    if peer == "pycontrolcharts":
        return pycontrolcharts.calc_p(events.tolist(), sample_size=sizes.tolist())
    if peer == "clinical-qikit":
        return qikit.qic(y=events, n=sizes, chart="p", method="ihi")
    frame = pd.DataFrame({"y": events, "n": sizes})
    return shewhart.p_chart(frame, defectives="y", size="n", rules="nelson")


def once(peer, work):
    if work == "p":
        events, sizes = (one[:N_SERIES] for one in counts(MANY, LENGTH))
        begun = time.process_time()
        for at in range(N_SERIES):
            p_of(peer, events[at], sizes[at])
        return (time.process_time() - begun) / N_SERIES
    y = values(MANY, LENGTH if work == "xmr" else SHORT)[:N_SERIES]
    begun = time.process_time()
    for at in range(N_SERIES):
        xmr_of(peer, y[at])
    return (time.process_time() - begun) / N_SERIES


def main():
    warnings.simplefilter("ignore")
    for line in sys.stdin:
        asked = json.loads(line)
        try:
            answer = {"seconds": once(asked["peer"], asked["work"])}
        except Exception as problem:  # what a peer cannot do is an answer, too
            answer = {"problem": f"{type(problem).__name__}: {problem}"[:200]}
        print(json.dumps(answer), flush=True)


main()
