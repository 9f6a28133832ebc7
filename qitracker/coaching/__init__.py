"""Coaching: the talk of coach and team, reviews, the queue of a coach, and what helps coaches do their work."""
