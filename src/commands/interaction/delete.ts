import { defineCommand } from '../../cli/command.ts'
import { deleteInteraction, findInteraction } from '../../records/interactions.ts'

export default defineCommand({
  description: 'For what was logged by mistake. funnel undo brings it back.',
  arguments: [{ syntax: '<interaction>', help: 'its number' }],
  options: {},
  examples: ['interaction delete 1'],
  run: (context, [number = '']) =>
    context.change({}, async (db) => {
      const { id, kind, at } = await findInteraction(db, number)
      await deleteInteraction(db, id)
      return { summary: `deleted interaction ${id} (${kind}, ${at})`, result: { interaction: id } }
    }),
})
