"""What the practice room adds to the menu of the CMS."""
