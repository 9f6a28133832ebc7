"""The blueprint the views of this room hang on."""

from flask import Blueprint

measures = Blueprint("measures", __name__)
