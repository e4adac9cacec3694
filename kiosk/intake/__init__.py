"""What a bureau takes in from tables: employers, vehicles, drivers, coaches, jobs and the numbers of law.

Each kind is described once (`forms`): its columns, what stands in them and what becomes of a row. Reading,
naming what is wrong and blank forms are made from the same description.
"""
