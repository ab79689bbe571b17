"""The rounds' mail: who gets which letter and when, the log of what was sent, and the page *Utskick*."""
