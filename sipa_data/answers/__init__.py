"""What was asked? The only door to numbers."""

from sipa_data.answers.ask import ask
from sipa_data.answers.reader import Reader
from sipa_data.answers.types import Answer, Question, Status, Verdict, VerdictCode

__all__ = ["Answer", "Question", "Reader", "Status", "Verdict", "VerdictCode", "ask"]
