"""What a load must satisfy: contracts as objects, suites of rules, the gate that judges a candidate."""
