"""The screens: one folder a screen."""
