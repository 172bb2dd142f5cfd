"""Mail that lies in files, as tickets."""
