import { defineCommand } from '../cli/command.ts'
import { readCount } from '../cli/options.ts'
import { type Column, listReport } from '../domain/table.ts'
import { counted } from '../domain/text.ts'
import { listStandards, setStandard } from '../records/standards.ts'

const COLUMNS: Column[] = [
  { key: 'rating', label: 'Rating', type: 'text' },
  { key: 'days', label: 'Every, days', type: 'days' },
]

export const list = defineCommand({
  options: {},
  examples: ['standard list'],
  async run(context) {
    const rows = await listStandards((await context.book()).db)
    const section = { key: 'standards', columns: COLUMNS, rows: rows.map((row) => ({ ...row })) }
    await context.print(
      listReport('standards', 'Contact standards', section, {
        empty: 'No contact standards; funnel standard set A 14 sets one.',
      }),
    )
  },
})

export const set = defineCommand({
  description:
    'funnel today and funnel report standards list clients that have not heard from us for longer.',
  arguments: [
    { syntax: '<rating>', help: 'the rating of the clients, such as A' },
    { syntax: '<days>', help: 'the most days between two contacts; none removes the standard' },
  ],
  options: {},
  examples: ['standard set A 14', 'standard set B none'],
  async run(context, [rating = '', text = '']) {
    const days = text.trim().toLowerCase() === 'none' ? null : readCount(text)
    await context.change({}, async (db) => {
      await setStandard(db, rating, days)
      const every = days === null ? 'no standard' : `a contact every ${counted(days, 'day')}`
      return { summary: `clients rated ${rating}: ${every}`, result: { rating, days } }
    })
  },
})
