import type { Db } from '../../book/store/db.ts'
import { defineCommand, flag, list, option } from '../../cli/command.ts'
import type { Context } from '../../cli/context.ts'
import { onOption } from '../../cli/options.ts'
import type { Day } from '../../domain/day.ts'
import { Fault } from '../../domain/fault.ts'
import type { Money } from '../../domain/money.ts'
import { invoicesOfDeal } from '../../money/invoices/draft.ts'
import { draftName } from '../../money/invoices/find.ts'
import { acceptProposal, type Accepted, chosenLines } from '../../money/proposals/accept.ts'
import { advancePastProposal } from '../../money/proposals/advance.ts'
import { draftOfProposal } from '../../money/proposals/bill.ts'
import {
  acceptedVersion,
  findProposal,
  latestVersion,
  type Proposal,
  proposalName,
  statusOf,
  versionName,
} from '../../money/proposals/find.ts'
import { loadProposalLines } from '../../money/proposals/lines.ts'
import { currencyOf, moneyText } from '../shared/own-money.ts'
import { proposalArgument, readPositions } from './fields.ts'

/** What is odd about accepting a proposal by a day; null if nothing is. */
async function oddity(
  db: Db,
  proposal: Proposal,
  on: Day,
): Promise<{ what: string; hint: string } | null> {
  const status = await statusOf(db, proposal, on)
  const name = proposalName(proposal)
  if (status === 'expired') {
    return {
      what: `${name} was valid until ${proposal.valid_until}`,
      hint: 'to accept it all the same: --yes; if the answer came in time: --on DAY',
    }
  }
  if (status !== 'superseded') return null
  const accepted = await acceptedVersion(db, proposal)
  if (accepted) {
    return {
      what: `${proposalName(accepted)} was accepted on ${accepted.decided_on}, in place of ${versionName(proposal)}`,
      hint: 'if that was a mistake: funnel history, then funnel undo N; to accept this one all the same: --yes',
    }
  }
  const latest = versionName(await latestVersion(db, proposal))
  return {
    what: `${name} was superseded by ${latest}`,
    hint: `accept that one: funnel proposal accept ${latest}; or this one all the same: --yes`,
  }
}

/** @throws Fault `failed` if it is odd and nobody confirms it. */
async function requireMeant(context: Context, proposal: Proposal, on: Day): Promise<void> {
  if (proposal.decision !== null || context.globals.yes) return
  const odd = await oddity((await context.book()).db, proposal, on)
  if (odd === null) return
  if (context.interactive) {
    const { confirm } = await context.ask()
    if (await confirm(`${odd.what}. Accept it all the same?`, false)) return
  }
  throw new Fault('failed', odd.what, odd.hint)
}

const money = (amount: Money | null, currency: Parameters<typeof moneyText>[1]): string =>
  amount === null ? 'no amount' : moneyText(amount, currency)

function amountText(
  { before, amount }: Accepted,
  currency: Parameters<typeof moneyText>[1],
): string {
  if (before === amount) return `amount ${money(amount, currency)}`
  return `amount ${money(before, currency)} → ${money(amount, currency)}`
}

export default defineCommand({
  description:
    'The lines of the proposal, with the options that the client takes, become those of its deal again, and the amount ' +
    'of the deal follows. A guided deal moves on to the stage after Proposal; if a stage on the way requires more, the ' +
    'deal stays there, and what is missing is named. The invoice is drafted. All of it can be undone.',
  arguments: [proposalArgument],
  options: {
    option: list(
      '--option <line>',
      'an option that the client takes, by its number: 4,5 (repeatable)',
    ),
    note: option('--note <text>', 'what was said'),
    on: onOption,
    invoice: flag('--no-invoice', 'draft no invoice'),
    advance: flag('--no-advance', 'leave the deal in its stage'),
  },
  examples: ['proposal accept 1', 'proposal accept P-2026-0001 --option 2 --no-invoice'],
  async run(context, [text = ''], { option: options = [], note = null, on, invoice, advance }) {
    const positions = readPositions(options)
    const { db: now, settings } = await context.book()
    await requireMeant(context, await findProposal(now, text), on ?? (await context.today()))
    const book = settings.currency
    await context.change({ on }, async (db, moment) => {
      const proposal = await findProposal(db, text)
      const lines = await loadProposalLines(db, proposal.id)
      const chosen = chosenLines(proposal, lines, positions)
      const accepted = await acceptProposal(db, proposal, { chosen, note, book: book.code }, moment)
      const { deal_id: deal } = proposal
      const { steps, held } =
        advance === false ? { steps: [], held: null } : await advancePastProposal(db, deal, moment)
      // What deposits and parts billed, the final invoice takes off.
      const billed = (await invoicesOfDeal(db, deal))
        .filter(({ part }) => part === null)
        .map(({ name }) => name)
      const rest =
        invoice === false || accepted.amount === 0
          ? null
          : await draftOfProposal(db, proposal, book, moment)
      const draft = rest === null ? null : rest.id
      const currency = currencyOf(proposal.currency === book.code ? null : proposal.currency, book)
      const last = steps.at(-1)
      const name = draft === null ? null : draftName(draft)
      const said = [
        ...(accepted.restored
          ? [
              `the deal had changed since; it is as the proposal says again (what it was: funnel undo)`,
            ]
          : []),
        ...(held === null ? [] : [held]),
        ...(billed.length > 0 && name !== null
          ? [`warning: deal ${deal} has ${billed.join(', ')} already`]
          : []),
        ...(rest !== null && rest.id === null ? [rest.billed] : []),
        ...(name === null ? [] : [`issue the invoice: funnel invoice issue ${name}`]),
      ]
      return {
        summary: [
          `${proposalName(proposal)} was accepted`,
          amountText(accepted, currency),
          ...(last ? [`deal ${deal} is in ${last.now}`] : []),
          ...(name === null ? [] : [`drafted invoice ${name}`]),
        ].join('; '),
        result: {
          proposal: proposal.id,
          number: proposal.number,
          version: proposal.version,
          deal,
          options: chosen.map(({ position }) => position),
          amount: accepted.amount === null ? null : accepted.amount / 10 ** currency.digits,
          restored: accepted.restored,
          stage: last?.now ?? null,
          held,
          invoice: draft,
          draft: name,
        },
        next: said.length === 0 ? undefined : said.join('\n'),
      }
    })
  },
})
