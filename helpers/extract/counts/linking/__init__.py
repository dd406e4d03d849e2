"""How a number is linked with the word that says what befell the people it counts."""
