"""The first steps of an agreement: laying it up, and the steps of *Kom igång* that are put aside."""
