"""Contributing parties' parts in an activity: what each will do, and what it has done."""
