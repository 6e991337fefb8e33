"""SQL of the pages, by page: parameterised SELECTs on marts of a release, nothing else."""
