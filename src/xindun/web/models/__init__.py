"""The models that a company uses and keeps: what each was tested on, and its drift."""
