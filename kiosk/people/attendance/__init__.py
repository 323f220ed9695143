"""Who was in school on which half-day, from the school's own registers: read, shown, written."""
