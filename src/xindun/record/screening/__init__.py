"""Who must not be dealt with: sanctions and watch lists, and what a screening against them found.

Words: a *list* is published by a sanctions authority, or kept by the company itself (its *watch
list*); an *entry* is one person, company or vessel on it, and has a new *version* whenever its
publisher changes it. A *screening* compares a party, its owners and its banks with every list;
what it finds is a *hit*, which stays open until two people have cleared or confirmed it. Public
lists are the same for everybody and carry no tenant; watch lists, screenings and hits are the
tenant's.
"""
