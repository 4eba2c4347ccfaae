"""The workbook writer: sheets given as plain data to the bytes of an XLSX file, the same each time."""
