"""Before we ship (事前预防): scoring, credit policy, limits, insurance. A folder of contexts."""
