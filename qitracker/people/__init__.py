"""People: who is signed in, what they may see, what they may do."""
