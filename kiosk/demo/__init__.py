"""A believable made-up school to try Treetops with: Hazelwood Primary, a term of its life until now."""
