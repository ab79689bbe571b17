"""The shared situational picture (lägesbild): its page, and how a draft is written and adopted."""
