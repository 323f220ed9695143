"""How the school runs: its settings and its calendar."""
