"""The admin mode as QML sees it: a frame, three panels and a sheet over the pages of kiosk.ui.desk."""
