"""The room's blueprint, which its views are hung on."""

from flask import Blueprint

drivers = Blueprint("drivers", __name__)
