"""Text in a file that a spreadsheet opens."""

# Characters at which Excel, LibreOffice and Google Sheets start to read a formula, the full-width forms among
# them. Source: OWASP, CSV Injection.
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def text_cell(text: str) -> str:
    """Text that no spreadsheet takes for a formula: an apostrophe goes before a character that starts one."""
    return f"'{text}" if text.startswith(STARTS_A_FORMULA) else text
