"""What every room needs and none owns: faults, their wording, atomic files, resources."""
