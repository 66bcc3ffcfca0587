"""What does a keyword publish?"""
