"""Eleven Days: conflict reporting, coded and charted.

Tables walk one way: corpus → claims → estimates → charts → figures. Each module is imported
where it is used, so that `import helpers` itself costs nothing.
"""

__version__ = "0.1.0"
