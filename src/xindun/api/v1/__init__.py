"""Version 1 of the interface: one module a resource, ``app.py`` puts them together.

What a reader would get wrong: within this version fields are added and never taken away, and a
program must ignore fields that it does not know. docs/reference/api-changelog.md keeps the list.
"""
