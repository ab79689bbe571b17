"""A party's page: what it leads and contributes to."""
