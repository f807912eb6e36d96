// SheetJS reading a workbook, and no more: node test/bench/sheetjs.mjs FILE
import XLSX from 'xlsx'
import { readFileSync } from 'node:fs'

XLSX.read(readFileSync(process.argv[2]))
