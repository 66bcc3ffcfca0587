"""What waits say, failed or passed: the verdict, what was read, what came nearest, and doubts."""
