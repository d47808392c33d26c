"""The screens: one folder a screen (views, forms, urls), their pages in ``templates/web``.

A screen composes reads and makes at most one action call a request. What a reader would get
wrong: nothing here computes a figure; a page shows what a run prepared and says as of when.
"""
