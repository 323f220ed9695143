"""Keeping and letting go: retention, export, erasure, backup."""
