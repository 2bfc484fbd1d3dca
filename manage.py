#!/usr/bin/env python
import os
import sys

from django.core.management import execute_from_command_line

from config.environment import BadEnvironmentError

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        execute_from_command_line(sys.argv)
    except BadEnvironmentError as error:
        sys.exit(str(error))
