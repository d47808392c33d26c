"""The ``xindun`` command: one module a subcommand."""
