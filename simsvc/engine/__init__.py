"""Engines: both take (case, workload) and leave the same log."""

SEMANTICS = "2"
"""Version of what the model means: raised whenever the same scenario and seed would give another log."""
