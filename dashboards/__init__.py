"""What people see: pages and reports, read from releases only."""
