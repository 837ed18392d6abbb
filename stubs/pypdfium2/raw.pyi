from ctypes import Array, Structure, c_char, c_double

from pypdfium2 import PdfTextPage

FPDF_ERR_PASSWORD: int
FPDF_ERR_SECURITY: int

class FS_RECTF(Structure):
    left: float
    bottom: float
    right: float
    top: float

class FS_MATRIX(Structure):
    a: float
    b: float
    c: float
    d: float

class FPDF_SYSFONTINFO(Structure):
    version: int

def FPDF_SetSystemFontInfo(info: FPDF_SYSFONTINFO) -> None: ...
def FPDFText_GetUnicode(text_page: PdfTextPage, index: int) -> int: ...
def FPDFText_GetCharOrigin(text_page: PdfTextPage, index: int, x: c_double, y: c_double) -> int: ...
def FPDFText_GetLooseCharBox(text_page: PdfTextPage, index: int, rect: FS_RECTF) -> int: ...
def FPDFText_GetMatrix(text_page: PdfTextPage, index: int, matrix: FS_MATRIX) -> int: ...
def FPDFText_GetFontSize(text_page: PdfTextPage, index: int) -> float: ...
def FPDFText_GetFontInfo(
    text_page: PdfTextPage, index: int, buffer: Array[c_char], size: int, flags: None
) -> int: ...
