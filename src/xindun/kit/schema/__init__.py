"""Migrations of this room's own tables; ``kit/migrations.py`` holds the operations for all."""
