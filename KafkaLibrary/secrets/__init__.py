"""What must never be shown: Robot's secrets, and properties of clients that hold one."""
