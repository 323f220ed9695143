"""The benchmark table: each figure as a ratio to a floor measured in the same run, side by side."""
