"""The screens of people: members, their roles, and what they lend to each other."""
