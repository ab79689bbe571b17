"""What hostile or broken clients send: values of fields, queries, parts of addresses, headers and bodies.

A value is text, which is sent as UTF-8 (a lone surrogate as the three bytes that would be its UTF-8), or bytes as they are.
"""

from urllib.parse import quote_plus

Value = str | bytes

LONG = 10_000
LONGEST = "a" * 1_000_000  # in fields that are posted; an address of that length never reaches the product

NUMBERS = (
    "-1", "0", "999999", "2147483648", "9223372036854775807", "9223372036854775808", "-9223372036854775809",
    "1" + "0" * 100, "1.5", "-0,0", "1e400", "1e5", "NaN", "Infinity", "-inf", "0x10", "1_000", "٣", "²", "1" * LONG,
)  # fmt: skip
DAYS = (
    "0000-00-00",
    "0001-01-01",
    "9999-12-31",
    "10000-01-01",
    "2024-02-30",
    "2024-W01-1",
    "2024-09-30T25:61",
)
TEXTS: tuple[Value, ...] = (
    "", "   ", "\t\r\n", "\0", "a\0b", "%00", "\ud800", "a\udfff\ud800", "a" * LONG, "å" * LONG, " " * LONG, "(" * LONG,
    "' OR 1=1 --", "'; DROP TABLE parties_user; --", "{{ 7*7 }}", "{% debug %}", "{0.__class__}", "%s %(a)s %n %",
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "../../../../etc/passwd", "//example.com/",
    "javascript:alert(1)", "http://[::1", '{"a": [1, null]}', "[]", "null", "lead__password", "аdmin", "\u202etxt",
    "a\u030a", "👩‍👩‍👧‍👦", "\ufeff\u200b", "ı İ ß", "\\", b"\xff\xfe", b"\xc0\x80", "a@" + "b" * 300 + ".se",
)  # fmt: skip
VALUES: tuple[Value, ...] = (*NUMBERS, *DAYS, *TEXTS)

# Whole queries, for every address.
QUERIES = (
    "lead__password=a", "password=a", "o=999.-1", "o=-1.a", "p=-1", "p=99999999999999999999", "e=1", "_to_field=id",
    "_to_field=password", "_popup=1", "all=1", "q=%00", "q=%ED%A0%80", "a[]=1&a[]=2", "a[b]=1", "id__in=1,a", "id__exact=%00",
    "pk__gte=", "__class__=1", "=", "&&&", "?", "%", "%zz=%zz", "%00=%00", "%FF=%FF", "next=//example.com", "next=%00",
    "next=http://[", "_changelist_filters=%00", "page=0", "page=last", "page=%C2%B2",
    "per=0000-00-00", "per=9999-12-31", "per=%00",
    "&".join(f"a{n}=1" for n in range(1_200)), "a=" + "a" * LONG, ";" * LONG,
)  # fmt: skip

# In the place of each part of an address.
PARTS = (
    "%00", "%", "%zz", "%FF", "%ED%A0%80", "%C0%80", "-1", "0", "9" * 25, "%C2%B2", "%D9%A3", "..", "%2e%2e%2f", "%2F",
    "%0D%0AX-A:%20b", "0000-00-00", "9999-12-31", "10000-01-01", "null", "%F0%9F%91%A9", "a" * 5_000, "_5C", "_00", "1_0A",
)  # fmt: skip

HEADERS = (
    {"HTTP_COOKIE": "sessionid=\0"}, {"HTTP_COOKIE": "sessionid=" + "a" * LONG}, {"HTTP_COOKIE": "=;;;\xff"},
    {"HTTP_COOKIE": "messages=a$b; csrftoken=\xff"}, {"HTTP_COOKIE": 'messages=[["__json_message",0,99,1]]'},
    {"HTTP_ACCEPT_LANGUAGE": "x" * LONG}, {"HTTP_HOST": "a b"}, {"HTTP_HOST": "[::1"}, {"HTTP_REFERER": "http://[\xff"},
    {"HTTP_IF_MODIFIED_SINCE": "0000"}, {"HTTP_RANGE": "bytes=9-1,-"}, {"HTTP_X_FORWARDED_FOR": "\0, a"},
    {"HTTP_HX_REQUEST": "true", "HTTP_HX_CURRENT_URL": "http://[", "HTTP_HX_TARGET": "\xff"}, {"REMOTE_ADDR": "inte en adress"},
    {"HTTP_HX_CURRENT_URL": "%ED%A0%80", "HTTP_HX_CURRENT_URL_URI_AUTOENCODED": "true"}, {"HTTP_ORIGIN": "null"},
)  # fmt: skip

# Bodies by their type, for every address.
FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data; boundary=b"
MANY = 5_000  # more fields than the setting allows
BODIES: tuple[tuple[str, bytes], ...] = (
    ("application/json", b'{"a": NaN'), ("text/plain", b"a=b"), ("", b"a=b"), ("a/b; charset=\xff", b"a=b"),
    (f"{FORM}; charset=utf-7", b"a=b"), (f"{FORM}; charset=finns-inte", b"a=b"), (FORM, b"%"), (FORM, b"a=\xff&\xfe=%ff"),
    (FORM, b"=&=&&;"), (FORM, b"&".join(b"f%d=1" % n for n in range(MANY))), (FORM, b"a=" + b"a" * 2_600_000),
    ("multipart/form-data", b"--b--"), ("multipart/form-data; boundary=", b"--"), (MULTIPART, b""), (MULTIPART, b"--b\r\n\r\n"),
    (MULTIPART, b'--b\r\nContent-Disposition: form-data; name="a\0"\r\n\r\n\xff\r\n--b--\r\n'),
    (MULTIPART, b'--b\r\nContent-Disposition: form-data; name="file"; filename="../a\0.csv"\r\n\r\na\r\n--b--\r\n'),
    (MULTIPART, b'--b\r\nContent-Disposition: form-data; name="a"\r\nContent-Transfer-Encoding: base64\r\n\r\n!\r\n--b--\r\n'),
    (MULTIPART, b"".join(b'--b\r\nContent-Disposition: form-data; name="f%d"\r\n\r\n1\r\n' % n for n in range(MANY)) + b"--b--"),
)  # fmt: skip


def sent(value: Value) -> bytes:
    return value if isinstance(value, bytes) else value.encode("utf-8", "surrogatepass")


def urlencoded(fields: list[tuple[str, Value]]) -> str:
    return "&".join(f"{quote_plus(sent(name))}={quote_plus(sent(value))}" for name, value in fields)


def multipart(fields: list[tuple[str, Value]], files: list[tuple[str, Value, Value]]) -> bytes:
    """A body of the type MULTIPART. A file has a field, a name and a content."""
    heading = b'--b\r\nContent-Disposition: form-data; name="'
    parts = [heading + sent(name) + b'"\r\n\r\n' + sent(value) + b"\r\n" for name, value in fields]
    for field, name, content in files:
        named = sent(name).replace(b'"', b"%22").replace(b"\r", b"").replace(b"\n", b"")
        parts.append(
            heading + sent(field) + b'"; filename="' + named + b'"\r\n\r\n' + sent(content) + b"\r\n"
        )
    return b"".join(parts) + b"--b--\r\n"
