"""The method: the stages and steps of improvement work as data, and the rules of the work as small functions.

Pure: standard library only, imports nothing else of the program. Values in, frozen values out; today's date
is an argument. A reason is a value (`reasons.Reason`), and it advises: nothing here blocks a team.
"""
