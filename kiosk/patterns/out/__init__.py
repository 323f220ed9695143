"""What leaves the house. What stands in a table is said in the room whose page it is: ``child.sheets`` and others.

sheets  tables, with what was left out of them and why
files   the same as CSV and XLSX
feeds   tokens by which the school's own programs read figures
"""
