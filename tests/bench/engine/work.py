"""The work that everybody is given: the same numbers for us and for the peers. Needs numpy alone."""

import numpy as np

LENGTH = 104  # two years of weeks
SHORT = 24  # two years of months
MANY = 600  # the charts of a hospital's matrix: domain figure "around 600"

Numbers = np.ndarray


def values(n_series: int, n_points: int) -> Numbers:
    """Values of a process at 50 with a sigma of 5, unchanged."""
    return np.random.default_rng(20261123).normal(50, 5, (n_series, n_points))


def counts(n_series: int, n_points: int) -> tuple[Numbers, Numbers]:
    """Events and moving denominators of a process at 12 %."""
    random = np.random.default_rng(20261124)
    sizes = random.integers(50, 150, (n_series, n_points))
    return random.binomial(sizes, 0.12), sizes
