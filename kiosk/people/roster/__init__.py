"""Bringing pupils, staff and classes in from the school's own system.

``reading`` turns a folder, a zip or one CSV into a :class:`~kiosk.people.roster.model.Roster`; ``plan`` says
what that would change; ``store`` writes it in one transaction; ``command`` is the conversation at the keyboard.
Everything except ``store`` and ``command`` is pure: no Flask, no database.
"""
