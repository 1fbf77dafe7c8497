"""What the worker remembers: when each recurring job was last given out, and that it is alive."""

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
