import { defineCommand } from '../../cli/command.ts'
import { deleteSegment, findSegment } from '../../records/segments.ts'

export default defineCommand({
  arguments: [{ syntax: '<segment>', help: 'its number, or part of its name' }],
  options: {},
  examples: ['segment delete north'],
  run: (context, [text = '']) =>
    context.change({}, async (db) => {
      const { id, name } = await findSegment(db, text)
      await deleteSegment(db, id)
      return { summary: `deleted segment ${id} (${name})`, result: { segment: id } }
    }),
})
