"""Page set-up, styles and paragraphs of the Word document, after GB/T 9704-2012. Not here: what stands in it."""

from __future__ import annotations

from datetime import datetime

from docx.document import Document as Word
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from dashboards.reports.content import Report

ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
}
# (Chinese, Latin, size in points) of the styles: title 小标宋 of size two, body 仿宋 of size three, headings 黑体.
STYLES = {
    "Normal": ("仿宋_GB2312", "Times New Roman", 10.5),
    "Body Text": ("仿宋_GB2312", "Times New Roman", 16),
    "Title": ("方正小标宋简体", "Times New Roman", 22),
    "Heading 1": ("黑体", "Arial", 16),
    "Heading 2": ("黑体", "Arial", 16),
    "Heading 3": ("黑体", "Arial", 12),
}
# Text pages upright and form pages across: width, height, margins at the top, right, bottom, left, in millimetres.
UPRIGHT = (210, 297, 37, 26, 35, 28)
ACROSS = (297, 210, 20, 18, 18, 18)
LINE = Pt(29)


def set_up(book: Word, report: Report) -> None:
    """Styles, properties and the first section, upright; its page numbers stand outside, odd right and even left."""
    for name, (chinese, latin, size) in STYLES.items():
        _style(book.styles[name], chinese, latin, size)
    for name in ("Body Text", "Heading 2"):
        text = book.styles[name].paragraph_format
        text.line_spacing_rule, text.line_spacing = WD_LINE_SPACING.EXACTLY, LINE
        text.first_line_indent = Pt(2 * 16)
    # Without it punctuation is drawn in its Traditional place.
    for language in book.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")
    # The template's title has a blue rule under it.
    border = book.styles["Title"].element.pPr.find(qn("w:pBdr"))
    if border is not None:
        book.styles["Title"].element.pPr.remove(border)
    about, release = book.core_properties, report.release
    about.title, about.comments, about.author = report.book_title, release.release_id, ""
    about.created = about.modified = datetime.fromisoformat(release.data_date or "2000-01-01")
    book.settings.odd_and_even_pages_header_footer = True
    section = book.sections[0]
    _page(section, UPRIGHT)
    for foot, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        foot.paragraphs[0].alignment = ALIGN[side]
        _page_number(foot.paragraphs[0])


def begin_across(book: Word) -> None:
    """A new section on A4 across; page numbers go on as they were."""
    _page(book.add_section(WD_SECTION.NEW_PAGE), ACROSS)


def _page(section: Section, page: tuple[int, ...]) -> None:
    section.page_width, section.page_height = Mm(page[0]), Mm(page[1])
    section.orientation = WD_ORIENT.LANDSCAPE if page[0] > page[1] else WD_ORIENT.PORTRAIT
    section.top_margin, section.right_margin, section.bottom_margin, section.left_margin = map(Mm, page[2:])
    section.footer_distance = Mm(28 if page is UPRIGHT else 8)


def _style(style: ParagraphStyle, chinese: str, latin: str, size: float) -> None:
    style.font.name, style.font.size, style.font.color.rgb, style.font.bold = latin, Pt(size), RGBColor(0, 0, 0), False
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    # Word takes Chinese from eastAsia alone, and a theme font would win over it.
    for attribute in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(attribute), None)
    fonts.set(qn("w:eastAsia"), chinese)
    style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(2)
    style.paragraph_format.line_spacing = 1.0


def _page_number(paragraph: Paragraph) -> None:
    paragraph.add_run("— ").font.size = Pt(14)
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        run = paragraph.add_run()
        run.font.size = Pt(14)
        mark = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark.text = text
        run._r.append(mark)
    paragraph.add_run(" —").font.size = Pt(14)


def paragraph(
    book: Word, text: str, style: str = "Normal", align: str = "left", size: float | None = None
) -> Paragraph:
    """Add one paragraph of one run."""
    added = book.add_paragraph(style=style)
    added.alignment = ALIGN[align]
    run = added.add_run(text)
    if size:
        run.font.size = Pt(size)
    return added
