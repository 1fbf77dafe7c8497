"""Tools without domain words: clock, words, names, rows, html, charts, environment."""
