"""Pages to read: help, accessibility, privacy."""
