"""What was sold: retainers, fixed jobs and hourly work with their periods and budgets."""
