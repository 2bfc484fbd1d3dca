"""A process that a test starts: set up before anything of the product is imported.

`python -m tests admissions.rig start` runs `main("start")` of `tests.admissions.rig`.
"""

import os
import sys
from importlib import import_module

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()
module, *words = sys.argv[1:]
import_module(f"tests.{module}").main(*words)
