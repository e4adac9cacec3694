"""The bytes slip printers understand: commands, raster bands, whole jobs, replies and status bits."""
