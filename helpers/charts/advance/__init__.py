"""The advance: who took which place when; on a map, day by day, by distance, in the overview."""
