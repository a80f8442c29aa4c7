#!/usr/bin/env bash
# Sets the PDF and DOCX of the sample corpus from their sources. Needs WeasyPrint (tried with 70.0) and the DejaVu
# fonts for the PDF, Python alone for the DOCX.
set -euo pipefail
cd "$(dirname "$0")"
for source in */*.md; do
  python3 write_docx.py "$source" "../policies/${source%.md}.docx"
done
for source in */*.html; do
  weasyprint -q "$source" "../policies/${source%.html}.pdf"
done
