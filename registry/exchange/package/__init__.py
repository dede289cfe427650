"""The whole register as a Frictionless data package: for the operator, out and in without loss."""
