"""Backups: one file that holds an installation as it was at one moment, and the way back.

What a reader would get wrong: a backup carries rows and files, never SQL. A restore makes the
tables, policies and roles from this package's own migrations, as they were at the backup, fills
them, and only then migrates forward; so a hostile file can bring wrong data, but run nothing.
"""
