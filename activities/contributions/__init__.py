"""What contributing parties do in an activity."""
