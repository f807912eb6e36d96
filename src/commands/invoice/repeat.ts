import { defineCommand, option } from '../../cli/command.ts'
import { dueOption, readCount } from '../../cli/options.ts'
import { Fault } from '../../domain/fault.ts'
import { everyText, parseEvery } from '../../domain/invoices/repeats.ts'
import { toDecimal } from '../../domain/money.ts'
import { type Column, listReport } from '../../domain/table.ts'
import { counted } from '../../domain/text.ts'
import { draftName, findInvoice, invoiceName } from '../../money/invoices/find.ts'
import { addRepeat, listRepeats, runRepeats, stopRepeat } from '../../money/repeats.ts'
import { currencyOf, moneyText } from '../shared/own-money.ts'
import { invoiceArgument, sumText } from './fields.ts'

export const add = defineCommand({
  description:
    'For what is billed again and again. funnel invoice repeat run, daily from cron, makes a draft whenever one is ' +
    'due, with the lines and prices of this invoice and the days of service moved on; you issue it. Days are counted ' +
    'from the day of the invoice: monthly from 31 January is 28 February, then 31 March.',
  arguments: [invoiceArgument],
  options: {
    every: option('--every <interval>', 'week, month, quarter, year, or 2w, 6m', parseEvery),
    until: dueOption('--until <day>', 'make none after this day'),
    times: option('--times <count>', 'make no more than this many drafts', readCount),
  },
  examples: [
    'invoice repeat add 2026-0001 --every month',
    'invoice repeat add 2026-0001 --every quarter --times 4',
  ],
  run: (context, [text = ''], { every, until, times }) =>
    context.change({}, async (db, moment) => {
      const invoice = await findInvoice(db, text)
      const name = invoiceName(invoice)
      if (every === undefined) {
        const hint = `say how often: funnel invoice repeat add ${invoice.number ?? draftName(invoice.id)} --every month`
        throw new Fault('usage', 'a repeated invoice needs an interval', hint)
      }
      const { id, next } = await addRepeat(db, invoice, { every, until, times }, moment)
      return {
        summary: `repeated invoice ${id}: ${name} every ${everyText(every)}; the next draft is due on ${next}`,
        result: { repeat: id, invoice: invoice.id, number: invoice.number, next },
        next: 'funnel invoice repeat run makes the drafts that are due; let cron run it daily',
      }
    }),
})

const COLUMNS: Column[] = [
  { key: 'id', label: 'No.', type: 'count' },
  { key: 'name', label: 'Invoice', type: 'text', whole: true },
  { key: 'client', label: 'Client', type: 'text' },
  { key: 'client_id', label: 'Client no.', type: 'count', hidden: true },
  { key: 'every', label: 'Every', type: 'text' },
  { key: 'next', label: 'Next', type: 'day', none: '–' },
  { key: 'left', label: 'Left', type: 'count', optional: true },
  { key: 'until', label: 'Until', type: 'day', optional: true },
  { key: 'gross_text', label: 'Amount', type: 'text', spoken: true, lasting: true, whole: true },
  { key: 'gross', label: 'Amount', type: 'number', hidden: true },
  { key: 'currency', label: 'Currency', type: 'text', hidden: true },
  { key: 'status', label: 'Status', type: 'text' },
  { key: 'stopped_on', label: 'Stopped', type: 'day', hidden: true },
]

export const list = defineCommand({
  options: {},
  examples: ['invoice repeat list', 'invoice repeat list --json'],
  async run(context) {
    const { db, settings } = await context.book()
    const rows = (await listRepeats(db)).map((repeat) => {
      const { currency: code, times, made, stoppedOn } = repeat
      const own = currencyOf(code === settings.currency.code ? null : code, settings.currency)
      const over = repeat.voided ? 'void' : repeat.next === null ? 'done' : 'running'
      return {
        id: repeat.id,
        name: repeat.name,
        client: repeat.client,
        client_id: repeat.client_id,
        every: everyText(repeat.every),
        next: repeat.next,
        left: times === null ? null : Math.max(0, times - made),
        until: repeat.until,
        gross: toDecimal(repeat.gross, own),
        gross_text: moneyText(repeat.gross, own),
        currency: code,
        status: stoppedOn === null ? over : 'stopped',
        stopped_on: stoppedOn,
      }
    })
    const section = { key: 'repeats', columns: COLUMNS, rows }
    const empty = 'No invoice is repeated; funnel invoice repeat add INVOICE --every month does.'
    await context.print(
      listReport('repeats', `Repeated invoices (${rows.length})`, section, { empty }),
    )
  },
})

export const stop = defineCommand({
  description: 'Makes no further drafts; those made stay.',
  arguments: [{ syntax: '<number>', help: 'its number in funnel invoice repeat list' }],
  options: {},
  examples: ['invoice repeat stop 1'],
  run: (context, [text = '']) =>
    context.change({}, async (db, { today }) => {
      const id = readCount(text)
      const { name } = await stopRepeat(db, id, today)
      return { summary: `stopped repeating ${name}`, result: { repeat: id } }
    }),
})

export const run = defineCommand({
  description:
    'Makes a draft for each repetition that is due, those missed too, each once, however often it runs.',
  options: {},
  examples: ['invoice repeat run'],
  run: (context) =>
    context.change({}, async (db, moment) => {
      const { currency: book } = (await context.book()).settings
      const made = await runRepeats(db, moment)
      const lines = made.map(({ draft, of, client, day, from, to, currency, gross }) => {
        const service = [from, to].filter((one) => one !== null).join(' to ')
        const what = service === '' ? '' : `, service ${service}`
        return `${draftName(draft)}: ${client}, ${sumText(gross, currency, book)}, as ${of}, for ${day}${what}`
      })
      const summary =
        made.length === 0 ? 'no draft is due' : `made ${counted(made.length, 'draft')}`
      return {
        summary,
        text: [summary, ...lines].join('\n'),
        result: {
          drafts: made.map(({ draft, of, day, from, to }) => ({
            draft,
            name: draftName(draft),
            of,
            day,
            service_from: from,
            service_to: to,
          })),
        },
        next:
          made.length === 0
            ? undefined
            : `to issue them: funnel invoice issue ${made.map(({ draft }) => draftName(draft)).join(' ')}`,
      }
    }),
})
