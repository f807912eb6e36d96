import { defineCommand } from '../../cli/command.ts'
import { counted } from '../../domain/text.ts'
import { deleteDeal } from '../../records/deal-corrections.ts'
import { find, type Named } from '../../records/lookup.ts'
import { oneOrNumbers } from '../shared/several.ts'

export default defineCommand({
  description:
    'The deal goes with its whole history, also from reports of earlier days; what was said stays ' +
    'with the client. One that did not come about is lost instead (funnel lose). An undo brings it back.',
  arguments: [
    {
      syntax: '<deal...>',
      help: 'its number, part of its title, or words from client and title; several numbers',
    },
  ],
  options: {},
  examples: ['deal delete 1'],
  run: (context, texts) =>
    context.change({}, async (db) => {
      const counts = new Map<string, number>()
      const deals: Named[] = []
      for (const text of oneOrNumbers(texts)) {
        const deal = await find(db, 'deal', text)
        for (const [table, rows] of await deleteDeal(db, deal.id)) {
          counts.set(table, (counts.get(table) ?? 0) + rows)
        }
        deals.push(deal)
      }
      const [first] = deals
      const one = deals.length === 1 && first
      const which = one ? `deal ${one.id} (${one.name})` : counted(deals.length, 'deal')
      const parts = [
        counted(counts.get('events') ?? 0, 'event'),
        counted(counts.get('tasks') ?? 0, 'task'),
      ]
      const offers = counts.get('proposals') ?? 0
      if (offers > 0) parts.unshift(counted(offers, 'proposal'))
      const said = counts.get('interactions') ?? 0
      const kept = said === 0 ? '' : `; ${counted(said, 'interaction')} kept with the client`
      return {
        summary: `deleted ${which} with ${parts.join(', ').replace(/, ([^,]*)$/, ' and $1')}${kept}`,
        result: { deal: one ? one.id : deals.map(({ id }) => id) },
      }
    }),
})
