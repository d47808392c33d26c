"""Sign-in security: password, second factors, passkeys, sessions, and the company's rule."""
