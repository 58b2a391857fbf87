"""Who may see an incident and let the element try again."""

from stepwell.identity.policies import instance

may_see = instance.may_see
"""Whoever sees the instance sees what it is stuck at."""

may_retry = instance.may_repair
