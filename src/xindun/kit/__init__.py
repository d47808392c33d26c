"""Django plumbing without one business word: tenant scope, migrations' operations, jobs."""
