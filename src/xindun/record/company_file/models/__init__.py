"""Tables of company files: all but people's names are appended and never changed."""

from xindun.record.company_file.models.documents import CompanyDocument
from xindun.record.company_file.models.facts import CompanyFact, FactPerson, FactWithdrawal

__all__ = ["CompanyDocument", "CompanyFact", "FactPerson", "FactWithdrawal"]
