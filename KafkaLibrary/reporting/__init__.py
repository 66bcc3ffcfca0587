"""What keywords say and show: failures, warnings and the evidence in ``log.html``."""
