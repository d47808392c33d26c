"""Reports on a buyer: what the sources would be asked, files handed in, what was bought."""
