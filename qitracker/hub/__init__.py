"""The improvement hub: which projects may need help and why, what works, how work flows, the answer to new projects."""
