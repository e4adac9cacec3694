"""What people see: view models, the QML screens they feed, and the faces and figures these are set in."""
