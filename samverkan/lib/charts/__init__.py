"""The geometry of what is drawn as SVG, on pages and in the PDF: bands, bars and circles.

No module here knows what is drawn. A template writes the shapes, with classes that give them their colours. Every
number is written here: a template would write it with a decimal comma.
"""

from samverkan.lib.charts.bands import Segment, percent, segments
from samverkan.lib.charts.circle import Circle

__all__ = ["Circle", "Segment", "percent", "segments"]
