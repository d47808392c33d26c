"""Sanctions and watch lists, read from files in their publishers' own formats.

``read_list(code, files)`` reads one list whole: OFAC's SDN list (``sdn.xml``, or the CSV files
``sdn.csv``, ``alt.csv`` and ``add.csv``), the UN Security Council's consolidated XML, the EU's
consolidated financial sanctions (XML 1.1), the UK sanctions list and OFSI's former consolidated
list (CSV), and a company's own watch list (CSV). A file is read to its end or refused: half a list
would let through whom the other half names.
"""

from xindun.connectors.sanctions_lists.reading import read_list

__all__ = ["read_list"]
