"""What late corrections change of released pay: found, signed, sent out."""
