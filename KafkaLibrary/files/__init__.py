"""Files that testers name: which one is meant where there is none of that name?"""
