"""The company's rules for granting credit, as data: tiers, starter caps, check rules, authority.

Words: a *credit policy* is one whole set of rules; a *version* is one that two people agreed to,
in force from a moment until the next; the *draft* is the one that somebody works on; a *tier* says
what a range of grades gets; a *segment* says which *check rules* an order of its buyers meets, and
with which *reaction*. "Policy" alone means an insurance policy. Nothing is decided about a buyer
here: limits and the gate ask ``reads.policy_in_force``.
"""
