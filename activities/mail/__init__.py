"""What do we tell by mail, and whom? `plans` tells of a plan's steps at once; the rest is the rounds' mail.

A digest (`letters`) is written when it is due (`occasions`, `due`), kept in the log by `activities.actions.mail`,
and sent (`post`).
"""

from activities.mail.plans import coordinators, people_of_the_lead, reaches_the_lead, tell, tell_of_change

__all__ = ["coordinators", "people_of_the_lead", "reaches_the_lead", "tell", "tell_of_change"]
