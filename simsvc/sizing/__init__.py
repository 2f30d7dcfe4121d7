"""The least staff and stock that keeps the promises: bounds, then search over the ordinary simulation."""
