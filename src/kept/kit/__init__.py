"""Tools without domain words: clock, tokens, paging, money, html, charts."""
