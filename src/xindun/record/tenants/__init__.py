"""Who uses Xindun: companies (tenants), people (users), and who belongs to which company.

A *tenant* is a seller or an insurer whose data nobody else sees. A *user* signs in by e-mail and
belongs to no tenant alone; a *membership* joins the two. Users and the function that lists a
user's memberships are the only things read before a tenant is known.
"""
