import type { Db } from '../../book/store/db.ts'
import { defineCommand, flag, option } from '../../cli/command.ts'
import type { Context } from '../../cli/context.ts'
import { onOption } from '../../cli/options.ts'
import type { Day } from '../../domain/day.ts'
import { percentText, type Portion } from '../../domain/lines/scaled.ts'
import { share } from '../../domain/share.ts'
import { languageOf } from '../../documents/gather/invoice.ts'
import { type Proposal, versionName } from '../../money/proposals/find.ts'
import { makeProposal } from '../../money/proposals/make.ts'
import { oddsByDiscount } from '../../money/proposals/odds.ts'
import { marginOf } from '../../money/proposals/margin.ts'
import { find } from '../../records/lookup.ts'
import { dealArgument } from '../shared/deal-steps.ts'
import { formatOption, lastDay, sumsText, validOption, validText } from './fields.ts'

const percent = (of: number): string => percentText(Math.round(of * 1_000_000) as Portion)

const rounded = (of: number): string => `${Math.round(of * 100)}%`

/** What the offer earns, what it takes off, and how such deals ended: what to know before it goes out. */
async function outlook(
  db: Db,
  proposal: Proposal,
  today: Day,
): Promise<{ lines: string[]; result: Record<string, unknown> }> {
  const { net, full_net: full } = proposal
  const margin = await marginOf(db, proposal)
  const discount = share(full - net, full) ?? 0
  const odds = await oddsByDiscount(db, discount, today)
  const off = discount === 0 ? null : `discount ${percent(Math.round(discount * 1000) / 1000)}`
  const earned = margin === null ? null : `margin ${percent(Math.round(margin * 1000) / 1000)}`
  const first = [earned, off].filter((part) => part !== null).join(', ')
  const chance =
    odds === null
      ? []
      : [
          `deals ${odds.like}: ${odds.won} of ${odds.closed} won (${rounded(odds.won / odds.closed)}, ` +
            `likely between ${rounded(odds.low)} and ${rounded(odds.high)})`,
        ]
  return {
    lines: [...(first === '' ? [] : [first]), ...chance],
    result: { margin, discount, odds },
  }
}

/** What making one says for programs. */
function resultOf(proposal: Proposal, context: { digits: number }) {
  const decimal = (minor: number): number => minor / 10 ** context.digits
  return {
    proposal: proposal.id,
    number: proposal.number,
    version: proposal.version,
    deal: proposal.deal_id,
    client: proposal.client_id,
    currency: proposal.currency,
    net: decimal(proposal.net),
    tax: decimal(proposal.tax),
    gross: decimal(proposal.gross),
    valid_until: proposal.valid_until,
    language: proposal.language,
    format: proposal.format,
  }
}

async function make(
  context: Context,
  dealText: string,
  options: {
    format?: Proposal['format'] | undefined
    valid?: Parameters<typeof lastDay>[0]
    note?: string | undefined
    new?: boolean | undefined
    on?: Day | undefined
    dryRun?: boolean | undefined
  },
): Promise<void> {
  const { settings } = await context.book()
  const { format = 'pdf', valid, note = null, dryRun, on } = options
  await context.change({ on, dryRun }, async (db, moment) => {
    const deal = await find(db, 'deal', dealText)
    const { client_id: client } = await db
      .selectFrom('deals')
      .select('client_id')
      .where('id', '=', deal.id)
      .executeTakeFirstOrThrow()
    const proposal = await makeProposal(
      db,
      {
        dealId: deal.id,
        validUntil: lastDay(valid, moment.on, settings.proposalValid),
        note,
        language: await languageOf(db, client, settings.documentLanguage),
        format,
        templateId: null,
        isNew: options.new ?? false,
        batch: null,
      },
      { pattern: settings.proposalNumber, book: settings.currency.code },
      moment,
    )
    const { name } = await find(db, 'client', String(client))
    const { lines, result } = await outlook(db, proposal, moment.today)
    const called = versionName(proposal)
    return {
      summary: `made proposal ${called} for ${name}: ${await sumsText(context, proposal)}, ${validText(proposal.valid_until)}`,
      result: { ...resultOf(proposal, settings.currency), ...result },
      next: [...lines, ...(dryRun ? [] : [`send it: funnel proposal send ${called}`])].join('\n'),
    }
  })
}

export default defineCommand({
  description:
    'Makes a numbered proposal of the lines of a deal, or of its title and amount if it has none, and freezes it: ' +
    'lines, amounts, the client and your company as they are. Made again for the same deal, it is the next version of ' +
    'the same number. It says what the offer earns, and how deals with a like discount ended.',
  arguments: [dealArgument],
  options: {
    format: formatOption,
    valid: validOption,
    note: option('--note <text>', 'what it says below the lines'),
    new: flag('--new', 'with a number of its own, and not as the next version'),
    on: onOption,
    dryRun: flag('--dry-run', 'show what would be made, and make nothing'),
  },
  examples: ['proposal make 1', 'proposal make 1 --valid 14d --dry-run'],
  run: (context, [deal = ''], options) => make(context, deal, options),
})
