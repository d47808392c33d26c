"""The register of securities."""
