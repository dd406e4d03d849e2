"""Attribution: who says what a figure or an event says, and how far the reporter stands behind
it."""
