"""The improvement hub: which projects may need help and why, what works, how the work flows."""
