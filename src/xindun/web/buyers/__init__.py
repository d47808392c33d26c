"""The list of buyers, searched, filtered, sorted and exported."""
