"""Measures and their series: definitions, charts, and what people decide about them."""
