import { defineCommand } from '../../cli/command.ts'
import { counted } from '../../domain/text.ts'
import { deleteDeal } from '../../records/deal-corrections.ts'
import { find } from '../../records/lookup.ts'

export default defineCommand({
  description:
    'The deal goes with its whole history, also from reports of earlier days; what was said stays ' +
    'with the client. One that did not come about is lost instead (funnel lose). An undo brings it back.',
  arguments: [
    { syntax: '<deal>', help: 'its number, part of its title, or words from client and title' },
  ],
  options: {},
  examples: ['deal delete 1'],
  run: (context, [text = '']) =>
    context.change({}, async (db) => {
      const { id, name } = await find(db, 'deal', text)
      const counts = await deleteDeal(db, id)
      const parts = [
        counted(counts.get('events') ?? 0, 'event'),
        counted(counts.get('tasks') ?? 0, 'task'),
      ]
      const said = counts.get('interactions') ?? 0
      const kept = said === 0 ? '' : `; ${counted(said, 'interaction')} kept with the client`
      return {
        summary: `deleted deal ${id} (${name}) with ${parts.join(' and ')}${kept}`,
        result: { deal: id },
      }
    }),
})
