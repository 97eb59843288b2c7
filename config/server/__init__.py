"""`manage.py serve`: the web server and the task worker as one.

- `supervisor`: keeps programs running; knows nothing of what they are
- `web`, `tasks`: the two programs
- `orphan`: a program whose parent died stops
- `binding`: the address to listen on
- `static`: the collected static files
"""
