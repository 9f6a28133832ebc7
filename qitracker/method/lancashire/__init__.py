"""The Lancashire Improvement Method: four stages of four steps.

The stages and the meaning of each prompt are those of the method as Lancashire Teaching Hospitals publish it;
the guidance, examples and questions are ours. The four stages are those of the Cambridge "Improving
Improvement" toolkit.
"""

from qitracker.method.lancashire.co_design import CO_DESIGN
from qitracker.method.lancashire.deliver import DELIVER
from qitracker.method.lancashire.sustain import SUSTAIN
from qitracker.method.lancashire.understand import UNDERSTAND
from qitracker.method.stages import Method

LANCASHIRE = Method("lancashire", "Lancashire Improvement Method", (UNDERSTAND, CO_DESIGN, DELIVER, SUSTAIN))
