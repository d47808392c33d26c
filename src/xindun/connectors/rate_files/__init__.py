"""Files of dated exchange rates: the European Central Bank's, and a plain table of one's own.

``read_rates(content)`` reads the ECB's reference rates (``eurofxref-hist.csv``, its XML, and the
daily ones) and a CSV with the headers date, currency, rate and base. A file is read to its end or
refused with the line that is wrong: half a history would only look complete.
"""

from xindun.connectors.rate_files.reading import read_rates

__all__ = ["read_rates"]
