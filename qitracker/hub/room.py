"""The blueprint that all views of this room hang on."""

from flask import Blueprint

hub = Blueprint("hub", __name__, url_prefix="/hub")
