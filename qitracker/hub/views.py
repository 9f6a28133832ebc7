"""The hub's pages: importing them puts their views on the blueprint."""

from qitracker.hub import flow, helping, home, intake, lists, pages, programmes, rules, working
from qitracker.hub.room import hub

__all__ = ["flow", "helping", "home", "hub", "intake", "lists", "pages", "programmes", "rules", "working"]
