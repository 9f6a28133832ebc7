"""Where a project stands, and why: active, quiet, stalled, dormant, paused or sustaining.

`states.standing_of` decides, purely: facts, a day and the numbers of the rule in, one frozen standing out. Each test is
a small function that answers with a reason or not, and each reason says since when it holds and what clears it.

Nothing is imported here: `facts` takes its words from `life`, `holds`, `stuck` and `closing`, and the tests take facts.
"""
