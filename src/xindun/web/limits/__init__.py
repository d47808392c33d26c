"""Limits: the worklist of requests, one request, and the tab of a buyer."""
