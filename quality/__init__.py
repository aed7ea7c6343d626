"""What must be true: contracts, observation status, checks. Imports none of the other rooms."""
