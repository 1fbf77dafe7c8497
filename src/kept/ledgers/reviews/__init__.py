"""The service reviews of a quarter: the lead's own judgement, and who was given the link to read one."""
