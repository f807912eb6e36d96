import { defineCommand, option } from '../../cli/command.ts'
import { nameChange } from '../../domain/name.ts'
import { editSegment, findSegment } from '../../records/segments.ts'
import { WHERE_HELP, whereOption } from '../shared/choose-clients.ts'

export default defineCommand({
  description: `New conditions replace the old ones. ${WHERE_HELP}`,
  arguments: [{ syntax: '<segment>', help: 'its number, or part of its name' }],
  options: { name: option('--name <name>', 'the new name'), where: whereOption },
  examples: ['segment edit north --where region=North --where consent=yes'],
  run: (context, [text = ''], { name, where }) =>
    context.change({}, async (db, moment) => {
      const segment = await findSegment(db, text)
      await editSegment(db, segment.id, { name, conditions: where }, moment.today)
      const summary = `changed segment ${segment.id} (${nameChange(segment.name, name)})`
      return { summary, result: { segment: segment.id } }
    }),
})
