"""The numbers of each chart as a CSV file beside the pages."""

import csv
import io

from quotidian.tasks.share.cells import guard_cell

from .charts import Chart


def dump_numbers(chart: Chart) -> str:
    """The table of a chart as CSV; an apostrophe stands before words that a spreadsheet would take for a formula."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(chart.head)
    writer.writerows([[guard_cell(cell) for cell in row] for row in chart.rows])
    return file.getvalue()
