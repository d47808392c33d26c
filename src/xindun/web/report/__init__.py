"""The credit report of one buyer as a PDF, in English or Chinese; for inside the company only."""
