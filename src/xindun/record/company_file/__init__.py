"""What is known of a party, by whom it was said, and the documents that show it.

Words: a *fact* is what one source says of one thing on one day; it is appended and never
changed, so the file reads as it stood on any day. A *conflict* is two sources that say different
things; it is shown, not decided. A *public event* is a fact that a court or register published
(失信, 被执行人, an insolvency) and that ends. A *document* is a stored file, known by its hash.
Connectors and people record; every later context may read.
"""
