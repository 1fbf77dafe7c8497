"""The people of Larkfield Studio, its two offices and its wall."""

from kept.doors.terminal.demo.sheets import Colleague
from kept.ledgers.team.models import Grade, Role

FIRM = "Larkfield Studio"
DOMAIN = "larkfield.example"
PLEDGE_MINUTES = 240

LISBON_WEEK = {day: [("09:30", "13:00"), ("14:00", "18:00")] for day in ("mon", "tue", "wed", "thu", "fri")}

COLLEAGUES = (
    Colleague("ada", "Ada Merrow", "Principal", "lead", Role.OWNER, Grade.PRINCIPAL, cost=62, bill=150, months=96),
    Colleague("bo", "Bo Tansley", "Client lead", "lead", Role.LEAD, Grade.SENIOR, cost=44, bill=120, months=62),
    Colleague("ines", "Ines Calado", "Client lead", "lead", Role.LEAD, Grade.SENIOR, "Lisbon", cost=38, bill=115),
    Colleague("kit", "Kit Harrow", "Designer", "design", Role.MEMBER, Grade.SENIOR, cost=40, bill=110, months=50),
    Colleague("fin", "Fin Ashby", "Books and bills", "lead", Role.FINANCE, Grade.SENIOR, weekly="30", cost=36, bill=90),
    Colleague("moss", "Moss Iverley", "Developer", "code", Role.MEMBER, Grade.SENIOR, cost=42, bill=115, months=55),
    Colleague("wren", "Wren Dacre", "Developer", "code", cost=33, bill=95, months=20),
    Colleague("teo", "Teo Marques", "Designer", "design", office="Lisbon", cost=29, bill=90, months=26),
    Colleague("juno", "Juno Pell", "Writer", "words", grade=Grade.JUNIOR, cost=None, bill=80, months=14),
    Colleague("robin", "Robin Sayle", "Designer", "design", cost=31, bill=90, months=44, left_months=4),
)

WALL = ("Two maps", "Cassini and Borealis sell to the same walkers; who works for one never hears of the other.")
KEPT_OUT = ("kit", "juno")
