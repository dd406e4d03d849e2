"""The look of every chart: letters, words, signs, sizes and colours, and what frames a plot."""
