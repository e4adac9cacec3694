"""What a bureau takes in from tables: work, coaches, courses and the numbers of law.

Each kind is described once (`forms`): its columns, what stands in them and what becomes of its rows. Reading,
naming what is wrong and blank forms are made from the same description.
"""
