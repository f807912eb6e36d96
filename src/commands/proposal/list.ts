import { choice as oneOf, defineCommand, flag, option } from '../../cli/command.ts'
import { periodOption } from '../../cli/options.ts'
import { Fault } from '../../domain/fault.ts'
import { PROPOSAL_STATUSES } from '../../domain/proposals/status.ts'
import { listReport } from '../../domain/table.ts'
import { listProposals, type ProposalFilter } from '../../money/proposals/list.ts'
import { find } from '../../records/lookup.ts'
import { ownerOf } from '../me.ts'
import { chooseOptions, readChoice } from '../shared/choose-clients.ts'
import { proposalTable } from './columns.ts'

const FLAGS = ['open', 'sent', 'accepted', 'declined', 'expired'] as const

type Status = ProposalFilter['status']

/** Which status is asked for, by --status or its own option. @throws Fault `usage` if several are. */
function statusOf(
  status: Status,
  flags: Partial<Record<(typeof FLAGS)[number], boolean | undefined>>,
): Status {
  const asked = new Set([
    ...(status === undefined ? [] : [status]),
    ...FLAGS.filter((name) => flags[name]),
  ])
  const [first, second] = asked
  if (second === undefined) return first
  throw new Fault('usage', `--${first} and --${second} cannot be used together`, 'give one of them')
}

export default defineCommand({
  asOf: true,
  description:
    'The latest first. A proposal is a draft until it is sent, and expired after its last day; a version that a later ' +
    'one took the place of is superseded, and listed with --all. All of that follows from the day, also with --as-of.',
  options: {
    open: flag('--open', 'only those that can still be accepted'),
    sent: flag('--sent', 'only those that wait for an answer'),
    accepted: flag('--accepted', 'only those that were accepted'),
    declined: flag('--declined', 'only those that were declined'),
    expired: flag('--expired', 'only those whose last day has gone by without an answer'),
    status: oneOf('--status <status>', 'only those that are so', [...PROPOSAL_STATUSES, 'open']),
    all: flag('--all', 'earlier versions too'),
    client: option('--client <client>', 'only those for this client'),
    deal: option('--deal <deal>', 'only those of this deal'),
    owner: option('--owner <owner>', 'only those of this owner (none: unassigned)'),
    mine: flag('--mine', 'only yours: you are FUNNEL_OWNER, else the owner whose user you are'),
    period: periodOption('only those made in these days: 2026-Q3, last-month …'),
    ...chooseOptions,
  },
  examples: ['proposal list --open', 'proposal list --deal 1 --all', 'proposal list --json'],
  async run(context, _args, options) {
    const { db, settings } = await context.book()
    const { client, deal, period, all } = options
    const choice = await readChoice(context, options)
    const owner = await ownerOf(context, options)
    const proposals = await listProposals(
      db,
      {
        status: statusOf(options.status, options),
        clientId: client === undefined ? undefined : (await find(db, 'client', client)).id,
        dealId: deal === undefined ? undefined : (await find(db, 'deal', deal)).id,
        ownerId: owner?.id ?? null,
        clients: choice.test,
        period,
        all,
      },
      await context.asOf(),
    )
    const { columns, rows, currency } = proposalTable(proposals, settings.currency)
    const some = await db.selectFrom('proposals').select('id').limit(1).execute()
    await context.print({
      ...listReport(
        'proposals',
        `Proposals (${rows.length})`,
        { key: 'proposals', columns, rows },
        {
          currency,
          empty:
            some.length > 0
              ? 'No proposal fits.'
              : 'No proposals; funnel proposal make DEAL makes one of the lines of a deal.',
        },
      ),
      subtitle: choice.described,
    })
  },
})
