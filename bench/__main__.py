"""Run measures of bench/, set up before they import anything of the product: `python -m bench announcing 5000`."""

import os
import sys
from importlib import import_module

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()
measure, *words = sys.argv[1:]
import_module(f"bench.{measure}").main(*map(int, words))
