"""What the firm decided about its own measures: numbers changed, rows set aside, alarms seen."""
