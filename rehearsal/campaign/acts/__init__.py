"""What people do in a campaign, by the product's own commands, at moments drawn from the seed."""
