"""What leaves the house for other programs: downloads, interface, SDMX, catalogue. Frames in, bytes out."""
