"""Pure judgements of facts: no Django, no queries, no clock."""
