"""The scale, and each step a child chose."""
