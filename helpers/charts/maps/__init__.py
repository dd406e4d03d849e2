"""Maps: the advance on a map, whole or day by day."""
