"""How good a model of probabilities is, told so that nobody is fooled: figures over arrays.

What a reader would get wrong: none of these figures means anything without the base rate and a
test set the model never saw, split by time and by firm (``splits``). ``pack`` puts them together
with the trivial baseline beside, and that is what commands and screens show.
"""
