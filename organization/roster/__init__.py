"""A roster file, from its columns to the people and assignments that it changes (ORG-4).

fields        what a roster may tell, and the names that files give it
columns       which column of a file fills which field: guessed, saved or given
names         people's names as files write them
pay           basis, rate and hours of a row
rows          from cells to rows that know where they stand
state         what the county knows of its people on a day, in the same words
references    departments, jobs and funds that rows name
matching      which row is which person
checks        what must hold between rows
comparison    what the file would change
advancements  promotions and merit raises that it brings
writing       one atomic write of a comparison
services      the acts: upload, match columns, apply, discard
background    applying a large file by a worker
"""
