"""Coaching: the queue, the review, the thread with the team, scores, visits."""
