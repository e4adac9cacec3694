"""The serial protocol of second-generation ID-card readers: frames, commands and the layouts of cards."""
