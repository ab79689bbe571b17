"""The shared situational picture (lägesbild): its page, and the writing and adoption of a draft."""
