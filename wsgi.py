"""What the server runs: gunicorn wsgi:app."""

import os

from qitracker.app import create_app
from qitracker.config import settings_from

app = create_app(settings_from(os.environ))
