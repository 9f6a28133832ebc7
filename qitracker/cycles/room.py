"""The room's blueprint; each file of views hangs its pages on it."""

from flask import Blueprint

cycles = Blueprint("cycles", __name__)
