"""What public sources say of countries and sectors, dated, and what a company says instead; rates.

Words: *country risk* and *sector risk* carry one of four labels (low, medium, sensitive, high); a
*pillar* is one of the four things that a sector's label looks at; an *override* is a company's own
label, with a reason and a last day. HIC and NC are states of the OECD's own, never class 0.

Exchange rates are each company's own: a *quotation currency* is what one unit of is priced, a rate
counts for its day and a few after, and a *load* is a file that brought some.
"""
