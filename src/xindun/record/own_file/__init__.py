"""The company's own credit file: what it states about itself, and corrections it asked others for.

A *fact* is stated with its source and day; a newer one supersedes it and none is overwritten. A
*correction* is a request to whoever holds wrong data about the company (a bureau, an insurer, a
customer), followed until it is answered. Facts are statements of the company's own: nobody has
checked them but the self-check, which checks form and completeness only.
"""
