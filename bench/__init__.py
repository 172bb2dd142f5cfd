"""Budgets beside their yardsticks, measured in one run and told as ratios. Nothing here is a test."""
