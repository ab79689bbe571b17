"""How an identity number is usually written, and how other numbers with as many digits are."""

import re

# Only after a dash may the last four look like a year: a date and a year is common.
OWN = re.compile(
    r"\d{12}|(?:\d{6}|\d{8}) ?- ?\d{4}"
    r"|(?:(?:\d{6}|\d{8})[ /._:]|\d{4}-\d\d-\d\d ?- ?|\d{4} \d\d \d\d(?: ?- ?| ))(?!19|20)\d{4}"
)

# A register's code or word just before digits that begin with a year: dnr 201210-1234, KS-201210-1234.
REGISTER = re.compile(
    r"(?:\b(?:dnr|diarienr|diarienummer|ärendenr|ärendenummer)\b\.?:? ?(?:(?-i:[A-ZÅÄÖ]{2,6}) )?"
    r"|(?<![^\W_])(?-i:[A-ZÅÄÖ]{2,6})[-/])$",
    re.IGNORECASE,
)
REGISTERED_YEAR = re.compile(r"(?:19[89]|20\d)\d")
LONGEST_REGISTER = 30  # characters of REGISTER

_YEAR = r"(?:19|20)\d\d"
_DAY = rf"(?:0?[1-9]|[12]\d|3[01])[/.](?:0?[1-9]|1[0-2])(?:[ ./]| ?- ?){_YEAR}"
_TIME = r"(?:[01]\d|2[0-3])[:.][0-5]\d"

# Formats of something else. None of them is a way to write an identity number.
_OTHERS = (
    # Telephone: 08-535 300 00, 070-174 06 05, 0701-74 06 05, 070-1740605, (08) 535 300 00, 070.174.06.05.
    r"(?:08 ?- ?|0\d\d ?[-/ ] ?|0\d{3} ?- ?)\d{2,3}(?: \d{2,3}){1,3}",
    r"08[ /]\d{3}(?: \d{2,3}){1,2}",
    r"0\d{3} \d\d \d\d \d\d",
    r"0\d{1,3}\) ?\d{2,3}(?:[ -]?\d{2,3}){1,3}",
    r"0\d{1,3} ?[-/] ?\d{5,8}|0\d\d \d{5,8}",
    r"0\d{1,2}(?:-\d{2,3}){2,4}|0\d\d(?:\.\d{2,3}){2,3}",
    r"46 ?\(0\) ?\d{1,3}(?:[ -]?\d{2,3}){2,4}",
    # A day and a time, times of a day, a day as 30/8 2024, a school year.
    rf"\d{{4}}-\d\d-\d\d,? {_TIME}",
    rf"{_TIME}(?:(?: ?- ?|, ?| ){_TIME})*",
    rf"{_DAY}(?: ?- ?{_DAY})?",
    rf"{_YEAR}/\d\d(?:(?:, ?| ?- ?| ){_YEAR}/\d\d)*",
    # Case numbers: 2012/1210.142, 2012-121045, 2012-1210-14, 12/12104-142, A121.204/2024, 2.4.1-12104/2024.
    rf"(?!\d{{4}}/\d{{4}}\D\d{{4}}(?!\d)){_YEAR} ?/ ?\d{{1,7}}(?:[.:-]\d{{1,4}})?",
    rf"{_YEAR}-\d{{5,7}}|{_YEAR}[-.:]\d{{3,4}}[-.:]\d{{1,3}}|{_YEAR}[-:/]\d{{6}}",
    r"\d\d/(?:\d{3}|\d{5,6})[.:-]\d{1,4}",
    rf"\d{{3}}\.\d{{3}}/{_YEAR}|(?:\d{{1,2}}\.){{0,3}}\d{{1,2}}-\d{{1,6}}/{_YEAR}|\d{{1,5}}/{_YEAR}",
    # Amounts with spaces or points between the thousands, with or without decimals, and a pair of coordinates.
    r"\d{1,3}(?: \d{3}){2,}(?:,\d{1,2}|:\d\d)?|\d{1,3}(?:\.\d{3}){2,}(?:,\d{1,2}|:\d\d)?",
    r"\d{1,3}(?:[ .]\d{3})+,\d\d|\d+,\d{1,2}",
    r"\d{1,3}\.\d{3,8}(?:, ?|; ?| )\d{1,3}\.\d{3,8}",
)
OTHER = re.compile(rf"(?<!\d)(?<!\d[./:-])(?:{'|'.join(_OTHERS)})(?!\d|[./:-]\d)")

ISO_DATE = re.compile(r"(?<!\d)(?:18|19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?!\d)")
