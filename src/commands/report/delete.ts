import { defineCommand } from '../../cli/command.ts'
import { deleteVariant, findVariant } from '../../records/variants.ts'

export default defineCommand({
  arguments: [{ syntax: '<saved>', help: 'its name, part of it, or its number' }],
  options: {},
  examples: ['report delete monthly'],
  run: (context, [text = '']) =>
    context.change({}, async (db) => {
      const { id, name } = await findVariant(db, text)
      await deleteVariant(db, id)
      return { summary: `deleted kept report ${id} (${name})`, result: { report: id } }
    }),
})
