"""What workers remember: when each recurring job was last given out, who is alive, and who watches over what."""

from django.db import models


class Turn(models.Model):
    """One recurring job and the moment it was last due and given out."""

    job = models.CharField(max_length=60, unique=True)
    due_at = models.DateTimeField()


class Beat(models.Model):
    """One running worker, and when it last said so; gone when it ended as it should."""

    worker = models.CharField(max_length=64, unique=True)
    since = models.DateTimeField()
    at = models.DateTimeField()


class Duty(models.Model):
    """One thing that somebody must watch all the time, and the worker that does; one at a time."""

    watch = models.CharField(max_length=120, unique=True)
    worker = models.CharField(max_length=64)
