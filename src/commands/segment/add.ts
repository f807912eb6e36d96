import { defineCommand } from '../../cli/command.ts'
import { Fault } from '../../domain/fault.ts'
import { tidyName } from '../../domain/name.ts'
import { addSegment } from '../../records/segments.ts'
import { WHERE_HELP, whereOption } from '../shared/choose-clients.ts'

export default defineCommand({
  description:
    'The conditions are saved, not the clients: whoever meets them belongs to the segment. ' +
    WHERE_HELP,
  arguments: [{ syntax: '<name>', help: 'its name' }],
  options: { where: whereOption },
  examples: [
    'segment add "Big in the south" --where region=South --where "size!=small"',
    'segment add forgotten --where "open-deals>0" --where "last-contact>30d"',
  ],
  async run(context, [name = ''], { where = [] }) {
    if (where.length === 0) {
      throw new Fault('usage', 'a segment needs conditions', 'give some: --where "region=North"')
    }
    await context.change({}, async (db, moment) => {
      const id = await addSegment(db, name, where, moment.today)
      return { summary: `added segment ${id} (${tidyName(name)})`, result: { segment: id } }
    })
  },
})
