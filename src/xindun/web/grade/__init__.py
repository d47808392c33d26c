"""A buyer's company grade: probability, reasons, what would lift it, history, override."""
