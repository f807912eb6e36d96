import { defineCommand, option } from '../../cli/command.ts'
import { readCount } from '../../cli/options.ts'
import { Fault } from '../../domain/fault.ts'
import { type Column, listReport } from '../../domain/table.ts'
import { findDuplicates } from '../../records/duplicates.ts'

const COLUMNS: Column[] = [
  { key: 'score', label: 'Score', type: 'share' },
  { key: 'a', label: 'No.', type: 'count' },
  { key: 'a_name', label: 'Client', type: 'text' },
  { key: 'b', label: 'No.', type: 'count' },
  { key: 'b_name', label: 'And', type: 'text' },
  { key: 'why', label: 'Why', type: 'text', wrap: true },
]

const USUAL_LIMIT = 20
const USUAL_SCORE = 0.5

function readScore(text: string): number {
  const score = Number(text.trim().replace(',', '.').replace(/%$/, 'e-2'))
  if (text.trim() !== '' && score >= 0 && score <= 1) return score
  throw new Fault('usage', `“${text}” is not a score`, 'write a number from 0 to 1, such as 0.7')
}

export default defineCommand({
  description:
    'Two clients may be the same if they share an e-mail, phone, website, domain or long ' +
    'number, or if their names are alike: a letter off, words in another order, another legal ' +
    'form. Addresses that many clients share count for little; sharing a free mail host counts ' +
    'for nothing.',
  options: {
    limit: option(
      '--limit <count>',
      `show at most this many pairs; default: ${USUAL_LIMIT}`,
      readCount,
    ),
    minScore: option(
      '--min-score <score>',
      `only pairs with at least this score, 0…1; default: ${USUAL_SCORE}`,
      readScore,
    ),
  },
  examples: ['client duplicates', 'client duplicates --min-score 0.8 --limit 100 --csv'],
  async run(context, _args, { limit = USUAL_LIMIT, minScore = USUAL_SCORE }) {
    const { db } = await context.book()
    const found = await findDuplicates(db, minScore)
    const rows = found.slice(0, limit).map(({ a, b, score, why }) => ({
      score: Math.round(score * 1000) / 1000,
      a: a.id,
      a_name: a.name,
      b: b.id,
      b_name: b.name,
      why,
    }))
    const [first] = rows
    const shown = rows.length < found.length ? `${rows.length} of ${found.length}` : rows.length
    const report = listReport(
      'duplicates',
      `Likely duplicates (${shown})`,
      { key: 'duplicates', columns: COLUMNS, rows },
      { empty: 'No two clients look like one.' },
    )
    const how = first
      ? [`To put the second into the first: funnel client merge ${first.a} ${first.b}`]
      : []
    await context.print({ ...report, notes: how })
  },
})
