"""Every quarter (持续优化): diagnosis and backtests. A folder of contexts."""
