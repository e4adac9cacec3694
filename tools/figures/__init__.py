"""What `./run bench` and `./run soak` measure, and how a figure becomes a row with its bar."""
