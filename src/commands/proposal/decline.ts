import { defineCommand, option } from '../../cli/command.ts'
import { onOption } from '../../cli/options.ts'
import { declineProposal } from '../../money/proposals/accept.ts'
import { findProposal, proposalName } from '../../money/proposals/find.ts'
import { find } from '../../records/lookup.ts'
import { proposalArgument } from './fields.ts'

export default defineCommand({
  description:
    'Writes down that the client does not take it. The deal stays open: make the next version, or lose the deal.',
  arguments: [proposalArgument],
  options: {
    reason: option('--reason <reason>', 'one of the reasons of lost deals: funnel reason list'),
    note: option('--note <text>', 'what was said'),
    on: onOption,
  },
  examples: [
    'proposal decline 1',
    'proposal decline 1 --reason "bad timing" --note "Not before spring"',
  ],
  run: (context, [text = ''], { reason, note, on }) =>
    context.change({ on }, async (db, moment) => {
      const proposal = await findProposal(db, text)
      const why = reason === undefined ? null : await find(db, 'reason', reason)
      const said = [why?.name, note].filter((part) => part !== undefined).join(': ') || null
      await declineProposal(db, proposal, said, moment)
      const deal = proposal.deal_id
      return {
        summary: `${proposalName(proposal)} was declined${said === null ? '' : ` (${said})`}`,
        result: {
          proposal: proposal.id,
          number: proposal.number,
          version: proposal.version,
          deal,
          reason: why?.name ?? null,
        },
        next: `deal ${deal} stays open; the next version: funnel proposal make ${deal}; if it is lost: funnel lose ${deal} --reason ${why ? `"${why.name}"` : 'REASON'}`,
      }
    }),
})
