import { nameKey } from '../../domain/name.ts'
import type { TableRow } from './table-row.ts'
import { looksLikeNumber } from './values.ts'

// How many rows at the end may include a line of totals.
const LAST_ROWS = 3

const WORDS = new Set(
  [
    'total, totals, grand total, grand totals, subtotal, sub total, sub-total, sum, sums, overall',
    'total général, total general, sous-total, somme, totaux, total geral, soma, suma, subtotal',
    'totale, totale generale, somma, totaal, eindtotaal, totalt, summa, sammanlagt, i alt, yhteensä',
    'summe, gesamt, gesamtsumme, zwischensumme, insgesamt, endsumme, razem, suma końcowa, celkem',
    'součet, spolu, összesen, mindösszesen, genel toplam, toplam, ukupno, skupaj, kokku, kopā, viso',
    'итого, всего, общий итог, итог, сумма, промежуточный итог, разом, усього, общо, σύνολο',
    'รวม, ทั้งหมด, รวมทั้งหมด, รวมทั้งสิ้น, ยอดรวม, tổng, tổng cộng, jumlah, kabuuan',
    'totales, suma total, importe total, total gastos, gesamtergebnis, gesamtbetrag, endbetrag, summe gesamt',
    'sum total, total sum, total amount, montant total, итоги, суммарно, общая сумма, ยอดรวมทั้งหมด, รวมเงิน',
    '合计, 总计, 小计, 合計, 總計, 小計, 総計, 합계, 총계, 소계, סה"כ, المجموع, الإجمالي, कुल',
  ].flatMap((line) => line.split(', ').map(nameKey)),
)

// “Total:”, “Totals (25 records)”, “Total: 25”, “TOTAL 2024”.
const AFTERWORD = /\s*[:：.]?\s*(?:[(（][^)）]*\d[^)）]*[)）]|\d[\d.,\s]*)?\s*[:：.]?$/

// “Итого по отделу”, “Total for March”: a word of totals, and of what.
const OF_WHAT = /\s(?:по|за|for|of|für|pour|de|du|por|per|von)\s.*$/

// For most cells, their first letters decide.
const STARTS = new Set([...WORDS].map((word) => word.slice(0, 2)))

function isTotalsWord(cell: string): boolean {
  if (cell.length > 60 || !STARTS.has(nameKey(cell.slice(0, 2)))) return false
  const word = nameKey(cell.replace(AFTERWORD, ''))
  return WORDS.has(word) || WORDS.has(word.replace(OF_WHAT, ''))
}

interface Cells {
  numbers: number
  texts: number
}

function countRest(row: TableRow, first: number): Cells {
  const count: Cells = { numbers: 0, texts: 0 }
  row.cells.forEach((cell, index) => {
    if (index <= first || cell.trim() === '') return
    const number = row.typed?.[index]?.kind === 'number' || looksLikeNumber(cell)
    count[number ? 'numbers' : 'texts'] += 1
  })
  return count
}

/** The columns that nearly always contain words, by some rows of the table. */
export function textColumns(rows: readonly TableRow[]): number[] {
  const texts: number[] = []
  for (const row of rows) {
    row.cells.forEach((cell, index) => {
      if (cell.trim() === '' || looksLikeNumber(cell) || row.typed?.[index]) return
      texts[index] = (texts[index] ?? 0) + 1
    })
  }
  return [...texts.keys()].filter((index) => (texts[index] ?? 0) > rows.length / 2)
}

/** What a row may be: surely a line of totals, one if it stands at the end, or a record. */
function judge(row: TableRow, texts: readonly number[]): 'totals' | 'totals at the end' | 'record' {
  const first = row.cells.findIndex((cell) => cell.trim() !== '')
  const word = row.cells[first]?.trim() ?? ''
  if (!isTotalsWord(word)) return 'record'
  const rest = countRest(row, first)
  // “Total: 25” has its figure in the cell itself.
  if (rest.numbers === 0 && !/\d/.test(word)) return 'record'
  const others = texts.filter((index) => index !== first)
  const wordless = others.every((index) => !row.cells[index]?.trim())
  if (rest.texts === 0 && others.length > 0 && wordless) return 'totals'
  return rest.texts <= rest.numbers ? 'totals at the end' : 'record'
}

const REASON = 'a line of totals'

/**
 * Marks the lines of totals among the rows of a table. A row is one if its first cell is a word
 * such as Total, numbers follow, and either all columns of words are empty in it or it is among the
 * last three rows: a client named “Total” among others stays a client. At most three rows are held
 * back to know.
 * @param texts the columns that contain words ({@link textColumns}).
 */
export function totalsMarker(texts: readonly number[]): {
  /** Takes a row, and adds those that are decided to a list. */
  push: (row: TableRow, to: TableRow[]) => void
  end: () => TableRow[]
} {
  let held: TableRow[] = []
  const isOpen = (row: TableRow): boolean =>
    row.reject === undefined && judge(row, texts) === 'totals at the end'
  const push = (row: TableRow, to: TableRow[]): void => {
    if (row.reject === undefined && judge(row, texts) === 'totals') row.reject = REASON
    if (held.length === 0 && !isOpen(row)) {
      to.push(row)
      return
    }
    held.push(row)
    // Rows that can no longer be among the last ones are released, and with them those that need not wait.
    while (held[0] && (held.length > LAST_ROWS || !isOpen(held[0]))) {
      to.push(held.shift() as TableRow)
    }
  }
  const end = (): TableRow[] => {
    const out = held
    held = []
    for (const row of out) if (isOpen(row)) row.reject = REASON
    return out
  }
  return { push, end }
}
