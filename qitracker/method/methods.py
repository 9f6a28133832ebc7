"""The methods a project can follow. A new one is a `Method` value and a line here."""

from collections.abc import Mapping

from qitracker.method.lancashire import LANCASHIRE
from qitracker.method.model_for_improvement import MODEL_FOR_IMPROVEMENT
from qitracker.method.stages import Method

METHODS: Mapping[str, Method] = {method.key: method for method in (LANCASHIRE, MODEL_FOR_IMPROVEMENT)}
DEFAULT_METHOD = LANCASHIRE.key
