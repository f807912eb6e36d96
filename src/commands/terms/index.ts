import { defineCommand, flag, option } from '../../cli/command.ts'
import { clearable } from '../../cli/options.ts'
import { Fault } from '../../domain/fault.ts'
import { discountDay, dueDay, type Terms, termsText } from '../../domain/firm/terms.ts'
import { parsePortion } from '../../domain/lines/read.ts'
import { nameChange, tidyName } from '../../domain/name.ts'
import { type Column, listReport } from '../../domain/table.ts'
import { wholeNumber } from '../../domain/whole-number.ts'
import { addTerms, dropTerms, editTerms, listTerms, termsOf } from '../../records/firm/terms.ts'
import { find } from '../../records/lookup.ts'
import { defaultOption, defaultText, noDefaultText, wantsDefault } from '../shared/firm.ts'
import { given } from '../shared/given.ts'
import { percentCell } from '../product/columns.ts'

const MOST_DAYS = 3650

const readDays = (text: string): number =>
  wholeNumber(text, {
    what: 'a number of days',
    hint: 'write 0 to 3650',
    least: 0,
    most: MOST_DAYS,
  })

const options = {
  days: option('--days <days>', 'days after the invoice; 0 is at once', readDays),
  endOfMonth: flag('--end-of-month', 'at the end of the month in which the days are over'),
  discount: clearable(
    option('--discount <percent>', 'what those who pay early may take off: 2%', (text) =>
      parsePortion(text, 'discount'),
    ),
  ),
  within: option('--within <days>', 'within how many days that is', readDays),
  default: defaultOption,
}

const argument = { syntax: '<terms>', help: 'their number, or part of their name' }

export const add = defineCommand({
  description:
    'When invoices are to be paid. The first terms are the default ones; client edit --terms gives a ' +
    'client its own.',
  arguments: [{ syntax: '<name>', help: 'what you call them' }],
  options,
  examples: [
    'terms add "30 days" --days 30',
    'terms add Wholesale --days 30 --end-of-month --discount 2% --within 10',
  ],
  run: (context, [name = ''], { days, endOfMonth, discount, within, default: wanted }) =>
    context.change({}, async (db) => {
      if (days === undefined && endOfMonth !== true) {
        const hint = 'add --days 30; --days 0 is at once'
        throw new Fault('usage', 'terms need the days in which they are to be paid', hint)
      }
      const terms: Terms = {
        days: days ?? 0,
        endOfMonth: endOfMonth ?? false,
        discount: discount ?? null,
        discountDays: within ?? null,
      }
      const { id, isDefault } = await addTerms(db, name, terms, wantsDefault(wanted))
      return {
        summary: `added terms ${id} (${tidyName(name)}: ${termsText(terms)})${defaultText(isDefault)}`,
        result: { terms: id, default: isDefault },
      }
    }),
})

const COLUMNS: Column[] = [
  { key: 'id', label: 'No.', type: 'count' },
  { key: 'name', label: 'Terms', type: 'text' },
  { key: 'text', label: 'Payable', type: 'text' },
  { key: 'days', label: 'Days', type: 'count', hidden: true },
  { key: 'end_of_month', label: 'End of month', type: 'flag', hidden: true },
  { key: 'discount', label: 'Discount %', type: 'number', hidden: true },
  { key: 'discount_days', label: 'Within', type: 'count', hidden: true },
  { key: 'due', label: 'Due, if issued today', type: 'day' },
  { key: 'discount_until', label: 'Discount until', type: 'day', optional: true },
  { key: 'default', label: 'Default', type: 'flag' },
]

export const list = defineCommand({
  options: {},
  examples: ['terms list', 'terms list --json'],
  async run(context) {
    const { db, settings } = await context.book()
    const today = await context.today()
    const rows = (await listTerms(db, settings.locale?.tag ?? null)).map((row) => {
      const terms = termsOf(row)
      return {
        id: row.id,
        name: row.name,
        text: termsText(terms),
        days: terms.days,
        end_of_month: terms.endOfMonth,
        discount: percentCell(terms.discount),
        discount_days: terms.discountDays,
        due: dueDay(terms, today),
        discount_until: discountDay(terms, today),
        default: row.is_default === 1,
      }
    })
    await context.print(
      listReport(
        'terms',
        `Terms of payment (${rows.length})`,
        { key: 'terms', columns: COLUMNS, rows },
        { empty: 'No terms of payment; funnel terms add "30 days" --days 30 adds some.' },
      ),
    )
  },
})

export const edit = defineCommand({
  arguments: [argument],
  options: {
    name: option('--name <name>', 'the new name'),
    ...options,
    noEndOfMonth: flag('--not-end-of-month', 'on the day itself'),
  },
  examples: ['terms edit "30 days" --discount 2% --within 10', 'terms edit Wholesale --default'],
  run: (context, [text = ''], { name, default: wanted, within, noEndOfMonth, ...rest }) =>
    context.change({}, async (db) => {
      if (noEndOfMonth && rest.endOfMonth) {
        throw new Fault('usage', '--end-of-month and --not-end-of-month cannot be used together')
      }
      const found = await find(db, 'terms', text)
      const endOfMonth = noEndOfMonth ? false : rest.endOfMonth
      // Without a discount there are no days for it.
      const discountDays = rest.discount === null ? null : within
      await editTerms(db, found.id, {
        ...given({ ...rest, endOfMonth, discountDays }),
        name,
        isDefault: wantsDefault(wanted),
      })
      return {
        summary: `changed terms ${found.id} (${nameChange(found.name, name)})`,
        result: { terms: found.id },
      }
    }),
})

export const drop = defineCommand({
  arguments: [argument],
  options: {},
  examples: ['terms drop Wholesale'],
  run: (context, [text = '']) =>
    context.change({}, async (db) => {
      const found = await find(db, 'terms', text)
      const lacks = await dropTerms(db, found)
      const summary = `dropped terms ${found.id} (${found.name})${noDefaultText(lacks, 'terms')}`
      return { summary, result: { terms: found.id } }
    }),
})
