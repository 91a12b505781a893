"""Scorers: how well quotations are found and attributed, against annotated articles."""

from quotes.evaluation.evaluating import evaluate
from quotes.evaluation.polnear import read_gold
from quotes.evaluation.predictions import predict, read_predictions, write_predictions

__all__ = ["evaluate", "predict", "read_gold", "read_predictions", "write_predictions"]
