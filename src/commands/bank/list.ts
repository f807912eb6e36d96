import { defineCommand, flag, option } from '../../cli/command.ts'
import { periodOption, readCount } from '../../cli/options.ts'
import type { BankLineState } from '../../book/schema/bank-lines.ts'
import { Fault } from '../../domain/fault.ts'
import { type Column, listReport } from '../../domain/table.ts'
import { bankLineIds, bankLinesOf } from '../../records/bank-lines.ts'
import { listAccounts } from '../../records/firm/bank-accounts.ts'
import { columnNamed, readNames, typedName } from '../../records/list-columns.ts'
import { findId } from '../../records/lookup.ts'
import { readSorting } from '../../records/sortings.ts'
import { longList, printList } from '../shared/long-list.ts'
import { shownColumns } from '../shared/shown-columns.ts'
import { commonCurrency, lineColumns, lineRow } from './columns.ts'

const KEYS = lineColumns(true).map(({ key }) => key)

/** The columns asked for; else the usual ones. */
function columnsOf(columns: Column[], names: string | undefined): Column[] {
  if (names === undefined) return columns
  return readNames(names).flatMap((name) =>
    shownColumns(columns, columnNamed('bookings', KEYS, name)),
  )
}

type States = Partial<Record<BankLineState, boolean | undefined>>

/** The one state that is asked for. @throws Fault `usage` if there are several. */
function stateOf(given: States): BankLineState | undefined {
  const [state, other] = (['open', 'matched', 'ignored'] as const).filter((one) => given[one])
  if (other === undefined) return state
  throw new Fault(
    'usage',
    `a booking is not both ${state} and ${other}`,
    'give one of them, or none for all',
  )
}

export default defineCommand({
  description:
    'Lists the bookings of your accounts, the latest first: open ones, those matched with payments, and those ' +
    `ignored. Money that went out is below zero. Columns: ${KEYS.map(typedName).join(', ')}.`,
  options: {
    open: flag('--open', 'only those that nothing is known about yet'),
    matched: flag('--matched', 'only those matched with a payment'),
    ignored: flag('--ignored', 'only those ignored'),
    account: option('--account <bank-account>', 'only those of this account'),
    period: periodOption('only those booked on these days: this-week, 2026-10'),
    columns: option('--columns <names>', 'the columns to show, such as booked-on,amount,text'),
    sort: option('--sort <names>', 'columns to sort by; -amount starts with the largest'),
    limit: option('--limit <count>', 'show at most this many', readCount),
  },
  examples: [
    'bank list --open',
    'bank list --account House --period 2026-11',
    'bank list --columns booked-on,amount,party,bank-ref --sort -amount --json',
  ],
  async run(context, _words, options) {
    const { db, store, settings } = await context.book()
    const { sort, columns } = options
    const list = longList(context, options.limit)
    const accountId = await findId(db, 'bank-account', options.account)
    const filter = {
      state: stateOf(options),
      period: options.period,
      accountId,
      ...(sort === undefined
        ? {}
        : { sorting: await readSorting(db, 'bookings', sort, await context.today()) }),
      limit: list.limit,
      locale: settings.locale ?? null,
    }
    const accounts = (await listAccounts(db)).filter(
      ({ id }) => accountId == null || id === accountId,
    )
    const currency = commonCurrency(
      accounts.map(({ currency: code }) => code),
      settings.currency,
    )
    const isOne = currency !== undefined
    const section = { key: 'bookings', columns: columnsOf(lineColumns(isOne), columns), rows: [] }
    await store.reading(async () => {
      const found = await bankLineIds(db, filter)
      const ids = list.shown(found)
      const title = `Bookings (${ids.length}${list.more(found)})`
      const report = {
        ...listReport('bookings', title, section, {
          ...(currency && { currency }),
          empty: 'No bookings; funnel bank import FILE brings in a statement.',
        }),
        head: { currency: currency?.code ?? null },
      }
      await printList(context, report, ids, async (some) =>
        (await bankLinesOf(db, some)).map((line) => lineRow(line, isOne)),
      )
      list.sayRest(found)
    })
  },
})
