"""How a declaration and its matter are registered whole, from a file of facts."""
