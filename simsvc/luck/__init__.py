"""Keyed luck: integer hash and inverse distribution functions, shared by workload and engines."""

from simsvc.luck.keys import Keys, Stream, derive, name_key, name_keys, replication_seed, uniforms

__all__ = ["Keys", "Stream", "derive", "name_key", "name_keys", "replication_seed", "uniforms"]
