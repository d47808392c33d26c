"""The screens of webhooks: where events go, and what became of each."""
