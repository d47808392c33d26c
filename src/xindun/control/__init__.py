"""While we ship (事中控制): the order gate and monitoring. A folder of contexts."""
