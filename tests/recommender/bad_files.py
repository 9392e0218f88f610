"""Files that a shop might send by mistake: {what is wrong: (bytes, what the sentence must say)}."""

import gzip

ROWS = b"customer,product\n" + b"".join(b"c%d,p%d\n" % (n % 9, n) for n in range(50))

BAD_FILES: dict[str, tuple[bytes, str]] = {
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "is a PNG picture, not a CSV"),
    "pdf": (b"%PDF-1.7 whatever", "is a PDF document, not a CSV"),
    "zip": (b"PK\x03\x04 shop.csv", "is a zip archive, not a CSV: unpack it"),
    "workbook": (b"PK\x03\x04 xl/workbook.xml", "is a damaged workbook: copy or download it"),
    "json": (b'[{"customer": 1}]'[1:], "is JSON, not a CSV"),
    "web page": (b"<!doctype html><title>Login</title>", "is a web page or XML, not a CSV"),
    "binary": (bytes(range(1, 256)) * 20, "is not text but some binary format"),
    "empty": (b"", "is empty: choose a file"),
    "blank": (b"\xef\xbb\xbf \n\n", "is empty: choose a file"),
    "header only": (b"customer,product\n", "has a header but no rows"),
    "one column": (b"customer\nada\n", "has one column ('customer'), and two are needed"),
    "no header": (b"17850,22423\n17851,22423\n", "holds numbers (17850, 22423) where the names"),
    "no roles": (b"colour,size\nred,L\nblue,M\n", "No column can be the customer: by"),
    "no product": (b"customer,price\nada,2.5\nbob,3.5\n", "No column can be the product"),
    "ragged throughout": (b"customer,product\n1,2,3\n4,5,6\n", "no row has as many cells as"),
    "NUL bytes": (b"customer,product\n1,2\n3,\x00\n", "NUL byte in line 3 (byte 24)"),
    "one huge cell": (b"customer,product\n1," + b"x" * 50_000_000 + b"\n", "Line 2 of"),
    "huge quoted cell": (b'customer,product\n1,"' + b"x\n" * 25_000_000 + b'"\n', "never closed"),
    "open quotation mark": (b'customer,product\n1,2\n3,"4\n5,6\n', "In row 2 of"),
    "two date orders": (
        b"customer,product,date\n1,2,13/02/2024\n1,3,02/13/2024\n",
        "Column 'date' holds dates in two orders: row 1 (13/02/2024) puts the day first, row 2",
    ),
    "damaged gzip": (gzip.compress(ROWS)[:-20], "is a damaged gzip file"),
    "damaged Parquet": (b"PAR1 and nothing else", "is a damaged Parquet file"),
    "text": (b"Dear all,\nplease find\nthe data attached\n", "no row has as many cells as"),
}  # fmt: skip
