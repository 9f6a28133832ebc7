"""What runs without a person: states, asks, digests, the watch on closed projects."""
