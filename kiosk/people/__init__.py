"""Pupils, adults, the High 5, classes, tablets and accounts."""
