"""The bills a client got beside what they were told: as quoted, or a surprise. Never an invoice."""
