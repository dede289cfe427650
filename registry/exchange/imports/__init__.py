"""Files into previews, one module a table: ``preview.preview_file`` is the way in, ``template.write_template`` the
empty workbook to fill."""
