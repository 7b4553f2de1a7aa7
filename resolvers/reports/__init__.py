"""Reports: sums over what the viewer may see, each in one statement, amounts never mixed."""
