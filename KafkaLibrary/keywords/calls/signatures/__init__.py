"""What does Robot know of a keyword: its types and tags, and what is said where a call does not fit it?"""
