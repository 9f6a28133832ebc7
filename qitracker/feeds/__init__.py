"""Numbers in: one at a time, pasted, uploaded; corrected, removed, undone. Each change leaves an event."""
