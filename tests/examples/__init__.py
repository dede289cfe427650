"""The register's stories: what it promises, told in order with amounts that can be checked by hand."""
