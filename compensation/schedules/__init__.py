"""Pay schedules as files, as a form and as the page of the structure."""
