"""Delivery: when digests are due, how messages leave, what follows from the answer; composes nothing."""
