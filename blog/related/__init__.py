"""Related articles: pinned by the author first, then found by what they say.

`terms` turns words into terms, `ranking` compares posts by them, `index` keeps both in the database: run by the task
worker or a command, never while a reader waits.
"""
