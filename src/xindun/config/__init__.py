"""Settings, root urls, and which connector serves which port."""
