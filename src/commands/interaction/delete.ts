import { defineCommand } from '../../cli/command.ts'
import { counted } from '../../domain/text.ts'
import { deleteInteraction, findInteraction } from '../../records/interactions.ts'
import { oneOrNumbers } from '../shared/several.ts'

export default defineCommand({
  description: 'For what was logged by mistake. funnel undo brings it back.',
  arguments: [{ syntax: '<interaction...>', help: 'its number, or several' }],
  options: {},
  examples: ['interaction delete 1'],
  run: (context, numbers) =>
    context.change({}, async (db) => {
      const deleted: Awaited<ReturnType<typeof findInteraction>>[] = []
      for (const number of oneOrNumbers(numbers)) {
        const found = await findInteraction(db, number)
        await deleteInteraction(db, found.id)
        deleted.push(found)
      }
      const [first] = deleted
      const one = deleted.length === 1 && first
      const which = one
        ? `interaction ${one.id} (${one.kind}, ${one.at})`
        : counted(deleted.length, 'interaction')
      return {
        summary: `deleted ${which}`,
        result: { interaction: one ? one.id : deleted.map(({ id }) => id) },
      }
    }),
})
