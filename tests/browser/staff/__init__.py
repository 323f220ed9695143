"""Journeys of the adults: a phone in a pocket, a classroom computer, a screen in Treetops."""
