"""The rounds' mail: who gets which, its log, and the page *Utskick*."""
