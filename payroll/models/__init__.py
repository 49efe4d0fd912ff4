from payroll.models.batch import Batch, BatchLine
from payroll.models.difference import CorrectedSet, Difference, DifferenceCertificate
from payroll.models.files import FileLayout, LetterFile
from payroll.models.release import Release, ReleaseWork

__all__ = [
    "Batch",
    "BatchLine",
    "CorrectedSet",
    "Difference",
    "DifferenceCertificate",
    "FileLayout",
    "LetterFile",
    "Release",
    "ReleaseWork",
]
