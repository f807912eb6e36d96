import type { Cell, ColumnType, LongTable } from '../../src/domain/table.ts'
import { longXlsx } from '../../src/render/workbook/long-xlsx.ts'

/** Texts that a workbook could take for something else, or cannot hold as they are. */
export const ODD_TEXTS = [
  '=1+1',
  '+49 30 123456',
  '@SUM(A1)',
  '007',
  '2026-11-23',
  'TRUE',
  '_x0041_',
  '_x005F_x0041_',
  '_x41_ _x0041',
  'a\u000Bb\u0001c',
  'tab\there',
  ' spaces  around ',
  'two\nlines',
  '<b>&amp;</b> "said" \u2019',
  ']]>',
  'Zoë ทดสอบ 東京 🙂',
] as const

/** A table with a row for each of them, next to a day, a sum, a share, a count and a yes or no. */
function oddTable(): LongTable {
  const row = (text: string, at: number): Cell[] => [
    text,
    at % 4 === 3 ? null : '2026-10-01',
    at * 100_050,
    at / 100,
    at,
    at % 2 === 0,
  ]
  async function* rows(): AsyncGenerator<Cell[]> {
    for (const [at, text] of ODD_TEXTS.entries()) yield row(text, at)
  }
  const column = (key: string, type: ColumnType) => ({ key, label: key, type })
  return {
    name: 'odd',
    currency: { code: 'EUR', digits: 2 },
    columns: [
      column('text', 'text'),
      column('day', 'day'),
      column('sum', 'money'),
      column('share', 'share'),
      column('count', 'count'),
      column('flag', 'flag'),
    ],
    rows: rows(),
  }
}

/** That table as a workbook. */
export async function oddWorkbook(): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of longXlsx(oddTable())) pieces.push(piece)
  return Buffer.concat(pieces)
}
