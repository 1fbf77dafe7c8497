"""The month of a day, worked out by the database itself."""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.functions import TruncMonth
from django.db.models.sql.compiler import SQLCompiler


class MonthOf(TruncMonth):
    """The first day of a date's month; on SQLite by its text, where Django would call into Python for every row."""

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **more: Any) -> tuple[str, Any]:
        sql, params = compiler.compile(self.get_source_expressions()[0])
        return f"(substr({sql}, 1, 7) || '-01')", params
