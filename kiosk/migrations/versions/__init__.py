"""The database's versions, numbered; no model imports."""
