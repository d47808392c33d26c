"""The group of a buyer's company: who controls it, who else belongs to it, and what all owe."""
