"""How our own team is: rounds of three questions, anonymous by construction."""
