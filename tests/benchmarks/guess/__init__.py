"""How many guesses at a code are judged, and whether other requests wash a limit away."""
