"""The screen "Credit policy": the one in force, its versions, the draft, the document."""
