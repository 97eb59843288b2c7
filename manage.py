#!/usr/bin/env python
"""Causerie's command line: `python manage.py help` lists what it can do."""

import sys

from config.command_line import run

if __name__ == "__main__":
    run(sys.argv)
