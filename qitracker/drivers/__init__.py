"""Change ideas, and the driver diagram that says why they should work."""
