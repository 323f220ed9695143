"""Lent voices: what the tablet says where a device has no voice for a child's language, and how a name is said."""
