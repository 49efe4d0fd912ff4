"""Files in and out: reading tables from CSV and XLSX, reading cells, writing CSV and XLSX."""
