import { type RawBuilder, sql, type SqlBool } from 'kysely'
import { promisesOn } from '../../book/promises.ts'
import { defineCommand, flag, option } from '../../cli/command.ts'
import { dueOption, readCount } from '../../cli/options.ts'
import { parseMoney } from '../../domain/amount.ts'
import { Fault } from '../../domain/fault.ts'
import { toDecimal } from '../../domain/money.ts'
import { listReport } from '../../domain/table.ts'
import { findIssued } from '../../money/invoices/find.ts'
import { addPromise, deletePromise } from '../../money/promises.ts'
import { find } from '../../records/lookup.ts'
import { invoiceArgument, sumText } from '../invoice/fields.ts'
import { currencyOf } from '../shared/own-money.ts'
import { PROMISE_COLUMNS, promiseRow } from './table.ts'

export const add = defineCommand({
  description:
    'No reminder goes out until the day is over. A promise is broken if its day is past and the money has not come ' +
    'since; reminders then go on, and today says so. A new promise replaces the one before.',
  arguments: [invoiceArgument],
  options: {
    for: dueOption('--for <day>', 'the day by which it will be paid'),
    amount: option('--amount <amount>', 'how much of it; default: all that is open'),
    note: option('--note <text>', 'who said so'),
  },
  examples: [
    'promise add 2026-0001 --for friday',
    'promise add 2026-0001 --for "in 2 weeks" --amount 100 --note "Kai, on the phone"',
  ],
  run: (context, [text = ''], { for: forDay, amount, note }) =>
    context.change({}, async (db, moment) => {
      const { currency: book } = (await context.book()).settings
      const invoice = await findIssued(db, text)
      if (forDay === undefined) {
        const hint = `say when: funnel promise add ${invoice.number} --for friday`
        throw new Fault('usage', 'a promise needs a day', hint)
      }
      const own = currencyOf(invoice.currency === book.code ? null : invoice.currency, book)
      const sum = amount === undefined ? undefined : parseMoney(amount, own)
      const made = await addPromise(db, invoice, { forDay, amount: sum, note }, moment)
      return {
        summary: `promise ${made.id}: ${sumText(made.amount, invoice.currency, book)} of invoice ${invoice.number} by ${forDay}`,
        result: {
          promise: made.id,
          invoice: invoice.id,
          number: invoice.number,
          for_day: forDay,
          amount: toDecimal(made.amount, own),
        },
      }
    }),
})

export const list = defineCommand({
  asOf: true,
  description:
    'How promises stand: open, kept, kept late, broken, or replaced by a later one on the same invoice.',
  options: {
    broken: flag('--broken', 'only those that are broken'),
    client: option('--client <client>', 'only those of this client'),
  },
  examples: ['promise list', 'promise list --broken --json'],
  async run(context, _args, { broken, client }) {
    const { db, settings } = await context.book()
    const tests: RawBuilder<SqlBool>[] = []
    if (client !== undefined) {
      tests.push(sql<SqlBool>`i.client_id = ${(await find(db, 'client', client)).id}`)
    }
    const all = await promisesOn(db, await context.asOf(), tests)
    const shown = broken ? all.filter(({ status }) => status === 'broken') : all
    const rows = shown.map((promise) => promiseRow(promise, settings.currency))
    const section = { key: 'promises', columns: PROMISE_COLUMNS, rows }
    const empty = broken
      ? 'No promise is broken.'
      : 'No promises; funnel promise add INVOICE --for DAY enters one.'
    await context.print(listReport('promises', `Promises (${rows.length})`, section, { empty }))
  },
})

export { remove as delete }

const remove = defineCommand({
  description: 'For one entered by mistake. One that was broken stays, and a new one replaces it.',
  arguments: [{ syntax: '<promise>', help: 'its number in funnel promise list' }],
  options: {},
  examples: ['promise delete 1'],
  run: (context, [text = '']) =>
    context.change({}, async (db) => {
      const id = readCount(text)
      const { number } = await deletePromise(db, id)
      return {
        summary: `deleted promise ${id} on invoice ${number}`,
        result: { promise: id, number },
      }
    }),
})
