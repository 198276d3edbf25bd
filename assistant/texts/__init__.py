"""What Dixit says, in each language that it speaks, as data."""
