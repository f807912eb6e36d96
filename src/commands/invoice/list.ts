import type { Db } from '../../book/store/db.ts'
import { choice as oneOf, defineCommand, flag, option } from '../../cli/command.ts'
import { periodOption } from '../../cli/options.ts'
import { Fault } from '../../domain/fault.ts'
import { listReport } from '../../domain/table.ts'
import { holdsOn } from '../../money/invoices/hold.ts'
import { type InvoiceFilter, listInvoices } from '../../money/invoices/load.ts'
import { find } from '../../records/lookup.ts'
import { ownerOf } from '../me.ts'
import { chooseOptions, readChoice } from '../shared/choose-clients.ts'
import { invoiceTable } from './columns.ts'

const STATUSES = ['drafts', 'open', 'overdue', 'paid', 'void', 'credits'] as const

type Status = InvoiceFilter['status']

/** Which status is asked for, by --status or its own option. @throws Fault `usage` if several are. */
function statusOf(
  status: Status,
  flags: Partial<Record<'drafts' | 'open' | 'overdue', boolean | undefined>>,
): Status {
  const asked = [
    ...(status === undefined ? [] : [status]),
    ...(['drafts', 'open', 'overdue'] as const).filter((name) => flags[name]),
  ]
  const [first, second] = new Set(asked)
  if (second === undefined) return first
  throw new Fault('usage', `--${first} and --${second} cannot be used together`, 'give one of them')
}

async function hasInvoices(db: Db): Promise<boolean> {
  return (await db.selectFrom('invoices').select('id').limit(1).execute()).length > 0
}

export default defineCommand({
  asOf: true,
  description:
    'Drafts first, then the latest. What is open is that of the day: with --as-of, what was paid later counts as open.',
  options: {
    open: flag('--open', 'only those that are not paid in full'),
    overdue: flag('--overdue', 'only those that are late'),
    drafts: flag('--drafts', 'only drafts'),
    held: flag('--held', 'only those on hold'),
    status: oneOf('--status <status>', 'only those that are so', STATUSES),
    client: option('--client <client>', 'only those of this client'),
    deal: option('--deal <deal>', 'only those of this deal'),
    owner: option('--owner <owner>', 'only those of this owner (none: unassigned)'),
    mine: flag('--mine', 'only yours: you are FUNNEL_OWNER, else the owner whose user you are'),
    period: periodOption('only those issued in these days: 2026-Q3, last-month …'),
    ...chooseOptions,
  },
  examples: [
    'invoice list --open',
    'invoice list --overdue --owner Ann',
    'invoice list --period 2026-Q4 --json',
  ],
  async run(context, _args, options) {
    const { db, settings } = await context.book()
    const { client, deal, period } = options
    const choice = await readChoice(context, options)
    const owner = await ownerOf(context, options)
    const on = await context.asOf()
    const holds = options.held ? await holdsOn(db, on) : null
    const all = await listInvoices(
      db,
      {
        status: statusOf(options.status, options),
        clientId: client === undefined ? undefined : (await find(db, 'client', client)).id,
        dealId: deal === undefined ? undefined : (await find(db, 'deal', deal)).id,
        ownerId: owner?.id ?? null,
        clients: choice.test,
        period,
      },
      on,
    )
    const invoices = holds ? all.filter(({ id }) => holds.has(id)) : all
    const { columns, rows, currency } = invoiceTable(invoices, settings.currency)
    await context.print({
      ...listReport(
        'invoices',
        `Invoices (${rows.length})`,
        { key: 'invoices', columns, rows },
        {
          currency,
          empty: (await hasInvoices(db))
            ? 'No invoice fits.'
            : 'No invoices; funnel invoice add CLIENT --line "2 h Consulting @ 90" makes a draft.',
        },
      ),
      subtitle: choice.described,
    })
  },
})
