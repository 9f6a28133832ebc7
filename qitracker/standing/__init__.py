"""Where each project stands: its facts from rows, its state and its scores."""
