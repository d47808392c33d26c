"""A buyer's financial statements: side by side, ratios, distress models; by hand or from a file."""
