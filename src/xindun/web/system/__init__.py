"""The screen "System health": whether the installation is well, and what to do where it is not."""
