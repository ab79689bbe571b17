"""The geometry of SVG charts on pages and in the PDF: bands, bars and circles.

No module here knows what the charts show. Templates write the shapes, with classes for their colours. Numbers are
formatted here, since a template would write them with a decimal comma.
"""

from samverkan.lib.charts.bands import Segment, percent, segments
from samverkan.lib.charts.circle import Circle

__all__ = ["Circle", "Segment", "percent", "segments"]
