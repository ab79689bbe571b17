"""The page where a coordinator invites a party's representative."""
