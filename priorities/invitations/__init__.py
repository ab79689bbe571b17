"""The page on which a coordinator invites a party's representative."""
