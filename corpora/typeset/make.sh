#!/usr/bin/env bash
# Sets the PDF of the sample corpus from their sources. Needs WeasyPrint (tried with 70.0) and the DejaVu fonts.
set -euo pipefail
cd "$(dirname "$0")"
for source in */*.html; do
  weasyprint -q "$source" "../policies/${source%.html}.pdf"
done
