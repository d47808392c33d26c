"""The order gate on screens: held orders, one credit check, and a buyer's orders and stops."""
