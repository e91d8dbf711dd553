"""Checks of the indexing, one a file, their findings and the report.

``audit`` runs the ``checks`` over a ``collection``; ``files`` writes what it found, ``report`` the page for people.
``verdicts`` and ``corrected`` apply the findings that a librarian accepted.
"""

from reviewnlp.auditing.audit import Audit, NotChecked, audit
from reviewnlp.auditing.corrected import write_corrected
from reviewnlp.auditing.files import write_audit
from reviewnlp.auditing.verdicts import Change, correct, read_verdicts

__all__ = ["Audit", "Change", "NotChecked", "audit", "correct", "read_verdicts", "write_audit", "write_corrected"]
