"""What the pages ask and follow, in the pages' own documents where there is one."""

import web

_PAGES = web.documents("staff")


def _fragments(name: str) -> str:
    """The fragments of a page's document."""
    return _PAGES[name][_PAGES[name].index("\nfragment ") :]


JOB_BOARD = _PAGES["JobBoard"]
TASK_BOARD = _PAGES["TaskBoard"]
JOB = _PAGES["Job"]
TIMERS = "query Timers { streamCursor timers { ...RunningTimer } }" + _fragments("TimerChanges")
HEAD = "query Head { streamCursor }"

BOARD_CHANGES = _PAGES["BoardChanges"]
TASK_CHANGES = _PAGES["TaskChanges"]
JOB_CHANGES = _PAGES["JobChanges"]
TIMER_CHANGES = _PAGES["TimerChanges"]

CHANGES = """
subscription Changes($since: StreamCursor) {
  changes(since: $since) {
    __typename
    ... on Changes { cursor changes { id seq kind entity entityId removed at fields actor { id name } } }
    ... on Heartbeat { cursor }
    ... on Resync { reason cursor }
  }
}
"""
MISSED = """
query Missed($since: StreamCursor!) {
  changes(since: $since, first: 250) { cursor hasMore changes { seq } }
}
"""

PORTAL_CHANGES = """
subscription PortalChanges($since: StreamCursor) {
  portalChanges(since: $since) {
    __typename
    ... on PortalChanges { cursor changes { entity id removed } }
    ... on Heartbeat { cursor }
    ... on Resync { reason cursor }
  }
}
"""
PORTAL = """
query Portal {
  streamCursor
  viewer { clients { id name } }
  requests { id title dueDate state items { id text kind state answer rejection } }
  jobs { id title stage periodStart periodEnd completedAt client { id name } }
  documents { id name size askedFor }
  invoices { id number dueDate issueDate state total { amount currency } outstanding { amount } }
  messages { id body author fromFirm createdAt readAt }
}
"""
