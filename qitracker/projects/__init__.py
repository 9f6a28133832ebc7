"""A project: registering, its home, its steps, its aim, what the coach said."""
