"""How people prove who they are: guesses held back, second factors, sessions, and their evidence.

A *guess* is one try at a password or a code. After a few wrong ones the next must wait, each time
longer, never for good. A *second factor* is a code from an app or a passkey; a company's
*sign-in rule* may ask everybody for one. The screens that call this stand in ``web/signin`` and
``web/security``; passwords, codes and passkeys themselves are django-allauth's.
"""
