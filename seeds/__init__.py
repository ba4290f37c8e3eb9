"""Facts that people edit, as CSV files, and the five sample articles."""
