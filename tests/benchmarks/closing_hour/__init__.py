"""The last hour of a round: many representatives save their follow-ups at once, through the real server."""
