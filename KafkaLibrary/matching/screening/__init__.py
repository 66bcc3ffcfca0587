"""A fast look at values before they become events: most that can't match are left out unread."""
