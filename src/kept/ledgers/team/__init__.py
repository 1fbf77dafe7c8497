"""The firm and its people: members, offices, roles, walls."""
