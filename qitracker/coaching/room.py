"""The room's blueprint; each file of views hangs its pages on it."""

from flask import Blueprint

coaching = Blueprint("coaching", __name__)
