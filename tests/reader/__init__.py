"""What a reader reads off a chart, a report and a README, held against the tables with plain pandas.

Nothing here asks the code that drew a chart or wrote a sentence. `words` reads numbers and days out of English,
`tables` loads a corpus and recomputes what follows from it, `canvas` reads a figure as it is drawn; the other
modules hold checks, each a function that returns a list of complaints, empty where all is true.
"""
