import type { Db } from '../../book/store/db.ts'
import { defineCommand, flag } from '../../cli/command.ts'
import { pastDayOption, periodOption } from '../../cli/options.ts'
import type { Day } from '../../domain/day.ts'
import { Fault } from '../../domain/fault.ts'
import type { Period } from '../../domain/period.ts'
import { crossRate, inverseText } from '../../domain/rate.ts'
import { parseRate } from '../../domain/rate-text.ts'
import { parseCurrency } from '../../domain/settings.ts'
import { type Column, listReport } from '../../domain/table.ts'
import { counted } from '../../domain/text.ts'
import { applyMoneyRates } from '../../money/rates.ts'
import { applyRates } from '../../records/apply-rates.ts'
import { type AddedRate, addRate, dropRates, hasRatesOf, listRates } from '../../records/rates.ts'
import { requirePast } from '../../records/moment.ts'
import type { DatedRate } from '../../records/rows/rate.ts'
import { readForeign } from '../shared/currency.ts'

const COLUMNS: Column[] = [
  { key: 'day', label: 'Day', type: 'day' },
  { key: 'currency', label: 'Currency', type: 'text' },
  { key: 'rate', label: 'Rate', type: 'text' },
  { key: 'per', label: 'For one', type: 'text' },
  { key: 'source', label: 'From', type: 'text', optional: true },
]

/** What is odd about a rate, for stderr; null if nothing is. */
function warning({ currency, per, rate, day }: DatedRate, { odd }: AddedRate): string | null {
  if (!odd) return null
  const { how, near, day: on } = odd
  const why = how === 'inverse' ? ', so this looks like its inverse' : ', more than 20% away'
  const right = how === 'inverse' ? `${rate} --inverse` : 'RATE'
  return (
    `the rate of ${on} is ${near} ${currency} for one ${per}${why}; to correct ${rate}: ` +
    `funnel rate add ${currency} ${right} --on ${day}`
  )
}

/**
 * The code of a currency of rates: one that is in use, or one that the book has rates of, such as CYP from the history of
 * a bank.
 */
async function rateCurrency(db: Db, text: string): Promise<string> {
  const code = text.trim().toUpperCase()
  return (await hasRatesOf(db, code)) ? code : parseCurrency(text).code
}

export const add = defineCommand({
  description:
    'A rate is how many units of the currency one unit of the book’s currency buys: 1.10 USD for one EUR, ' +
    'so 1,000 USD are 909.09 EUR. It counts from its day for up to seven days. If the day has a ' +
    'rate, it is replaced. Deals that are won or lost keep the rate they were closed with. Where it is usual to say what ' +
    'one unit of the other currency costs, give that with --inverse.',
  arguments: [
    { syntax: '<currency>', help: 'its ISO code, such as USD' },
    { syntax: '<rate>', help: 'units of it for one of the book’s currency' },
  ],
  options: {
    on: pastDayOption('--on <day>', 'the day of the rate, if not today'),
    inverse: flag('--inverse', 'the rate is units of the book’s currency for one of it'),
  },
  examples: [
    'rate add USD 1.10 --on 2026-11-20',
    'rate add JPY 162.5',
    'rate add USD 0.91 --inverse',
  ],
  async run(context, [code = '', text = ''], { on, inverse }) {
    let odd: string | null = null
    await context.change({ on }, async (db, moment) => {
      requirePast(moment)
      const { currency: book } = (await context.book()).settings
      const currency = await readForeign(code, context)
      const day = moment.on
      const typed = parseRate(text, book)
      const rate = {
        currency,
        per: book.code,
        day,
        rate: inverse ? crossRate('1', typed) : typed,
      }
      const other = inverse ? typed : inverseText(typed)
      const added = await addRate(db, rate)
      odd = warning(rate, added)
      const instead =
        added.before === null || added.before === rate.rate ? '' : ` (instead of ${added.before})`
      return {
        summary: `${day}: ${rate.rate} ${currency} for one ${book.code}, ${other} ${book.code} for one ${currency}${instead}`,
        result: { ...rate, before: added.before, odd: added.odd?.how ?? null },
      }
    })
    if (odd !== null) context.say(odd)
  },
})

/** Says how many of each were given a rate: `1 closed deal and 2 payments`. */
function ratedText(counts: [count: number, noun: string][]): string {
  const some = counts.filter(([count]) => count > 0).map(([count, noun]) => counted(count, noun))
  return [some.slice(0, -1).join(', '), ...some.slice(-1)]
    .filter((text) => text !== '')
    .join(' and ')
}

export const apply = defineCommand({
  description:
    'Deals in another currency that were won or lost on a day for which the book had no rate are not summed in ' +
    'reports; nor are invoices and payments of such a day, which journals leave out, too. This gives them the rate of ' +
    'that day, once it is known; those that have one keep it.',
  options: {},
  examples: ['rate apply'],
  run: (context) =>
    context.change({}, async (db) => {
      const { store, settings } = await context.book()
      const { code } = settings.currency
      const { fixed, missing } = await applyRates(db, store, code)
      const money = await applyMoneyRates(db, store, code)
      const lacks = (what: string, currency: string, day: Day): string =>
        `${what}no exchange rate for ${currency} on ${day}: funnel rate add ${currency} RATE --on ${day}`
      const lacking = [
        ...missing.map(({ id, currency, closed }) => lacks(`deal ${id}: `, currency, closed)),
        ...money.missing.map(({ currency, day }) =>
          lacks('invoices and payments: ', currency, day),
        ),
      ]
      const { invoices, payments } = money
      const what = ratedText([
        [fixed.length, 'closed deal'],
        [invoices.length, 'invoice'],
        [payments.length, 'payment'],
      ])
      const count = fixed.length + invoices.length + payments.length
      return {
        summary: `gave ${what} the rate of ${count === 1 ? 'its' : 'their'} day`,
        result: {
          deals: fixed,
          invoices,
          payments,
          missing: missing.map(({ id }) => id),
          missing_money: money.missing,
        },
        next: lacking.length > 0 ? lacking.join('\n') : undefined,
      }
    }),
})

export const list = defineCommand({
  description:
    'Rates as they were given, newest first. Without a currency and a period: the last rate of each currency.',
  arguments: [{ syntax: '[currency]', help: 'only the rates of this one' }],
  options: { period: periodOption('only those of these days') },
  examples: ['rate list', 'rate list USD --period 2026-11', 'rate list --period all --csv'],
  async run(context, [code], { period }) {
    const { db } = await context.book()
    const currency = code === undefined ? undefined : await rateCurrency(db, code)
    const latest = currency === undefined && period === undefined
    const rates = await listRates(db, { currency, period }, { latest })
    const rows = rates.map((rate) => ({ ...rate }))
    const title = latest ? `Latest rates (${rows.length})` : `Rates (${rows.length})`
    await context.print(
      listReport(
        'rates',
        title,
        { key: 'rates', columns: COLUMNS, rows },
        {
          empty: 'No rates; add one with funnel rate add, or many with funnel import rates.',
        },
      ),
    )
  },
})

export const drop = defineCommand({
  arguments: [{ syntax: '<currency>', help: 'its ISO code, such as USD' }],
  options: {
    on: pastDayOption('--on <day>', 'the rate of this day'),
    period: periodOption('all rates of these days'),
  },
  examples: ['rate drop USD --on 2026-11-20', 'rate drop USD --period 2025'],
  run: (context, [code = ''], { on, period }) =>
    context.change({}, async (db) => {
      const currency = await rateCurrency(db, code)
      if ((on === undefined) === (period === undefined)) {
        const hint = `write funnel rate drop ${currency} --on DAY, or --period PERIOD`
        throw new Fault('usage', 'say of which day or of which period', hint)
      }
      const days: Period | undefined = on === undefined ? period : { from: on, to: on }
      const dropped = await dropRates(db, { currency, period: days })
      return {
        summary: `dropped ${counted(dropped, 'rate')} of ${currency}`,
        result: { currency, dropped },
      }
    }),
})
