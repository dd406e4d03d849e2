"""The advance over time: day by day, by distance, its pace; and the overview."""
