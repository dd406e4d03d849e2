"""Charts: a study goes in, a Chart comes out. One module a topic, one function a figure.

`theme` begins and ends every chart, `marks` draws a single claim; `corpus`, `displacement`,
`casualties`, `pace` and `sources` hold the fourteen figures.
"""
