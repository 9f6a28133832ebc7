"""QI tracker: improvement work in hospitals, from a first idea to a signal on a chart."""
