"""What does a keyword about contracts promise?"""
