"""A column that names a stored file is known to the backup, or the file would be left out."""

from __future__ import annotations

import pytest
from django.apps import apps

from xindun.config.backups.tables import STORED_FILES

# Hashes of something that is not a file of the home's, or that another table's row stores.
NO_FILES = {
    # Lists are kept as their entries; whoever loads one keeps the publisher's file.
    ("screening_public_version", "sha256"),
    ("screening_watch_version", "sha256"),
    # Every line of a file of rates is a row; the hash says which of the publisher's it was.
    ("reference_rate_load", "file_sha256"),
    ("receivables_import_batch", "options_sha256"),
    ("company_file_fact", "document_sha256"),
    ("statements_statement", "document_sha256"),
    # Answers of an interface are not kept; a file is in its enquiry.
    ("bureau_purchase", "report_sha256"),
}


def test_every_column_named_like_a_file_s_hash_is_backed_up_or_excused() -> None:
    found = {
        (model._meta.db_table, field.column)
        for model in apps.get_models()
        if model.__module__.startswith("xindun.")
        for field in model._meta.concrete_fields
        if field.column.endswith("sha256")
    }
    known = {(table, column) for table, columns in STORED_FILES.items() for column in columns}
    assert found - NO_FILES == known


@pytest.mark.django_db
def test_the_backup_knows_how_to_read_every_table(owner_url: str) -> None:
    import psycopg

    from xindun.config.backups.tables import LEFT_OUT, tables_of

    with psycopg.connect(owner_url) as connection:
        found = {table.name: table for table in tables_of(connection)}
        rows = connection.execute(
            "SELECT relname, relrowsecurity FROM pg_class WHERE relkind = 'r'"
            " AND relnamespace = 'public'::regnamespace"
        ).fetchall()
    assert found.keys() | LEFT_OUT.keys() == {name for name, _ in rows}
    for name, guarded in rows:
        if name in found:
            assert (found[name].tenant_column is not None) == guarded, name
