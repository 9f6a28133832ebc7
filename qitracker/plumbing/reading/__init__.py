"""The one reader of what people type, paste and upload: forms, pasted cells, CSV and XLSX all pass through here.

Pure: the standard library and python_calamine, no Flask, no database, no clock (today is an argument).
Every reader either returns a frozen value or raises `Unreadable`, whose sentence says what to type instead.
Nothing is altered in silence: what cannot be kept as it was meant is refused.

text       `clean`: free text, fit to store and to show
numbers    `read_number`: one number, exact, with its % sign remembered
dates      `read_date`, `read_date_column`: British dates and ISO dates; American order is refused, never swapped
grid       `read_text_grid`: pasted cells or the bytes of a CSV file, as numbered rows
xlsx       `read_xlsx`: one sheet of a workbook, as the same numbered rows (workbook, outline: what is checked before)
headings   `understand_columns`: which column is the date, the value, the two counts
points     `understand`: numbered rows as points of one series: new, same, changes, wrong, skipped (rows: one row of it)
csv_out    `csv_text`: rows as CSV that no spreadsheet runs as a formula
"""
