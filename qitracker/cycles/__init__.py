"""PDSA cycles: the log with a ramp for each idea, and one page for each part of a cycle."""
