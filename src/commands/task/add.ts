import { defineCommand, option } from '../../cli/command.ts'
import { dueMomentOption } from '../../cli/options.ts'
import { tidyName } from '../../domain/name.ts'
import { parseRepeat } from '../../domain/repeat.ts'
import { findId } from '../../records/lookup.ts'
import { addTask } from '../../records/tasks.ts'
import { atOption, lengthOption, momentText, whenOf } from '../shared/appointment.ts'
import { taskResult } from '../shared/deal-steps.ts'
import { about } from '../shared/task-subject.ts'

export default defineCommand({
  description:
    'A task is about a client, a deal or neither. Without --owner it belongs to the owner of ' +
    'the deal or client. A repeating task comes up again when it is done.',
  arguments: [{ syntax: '<text>', help: 'what is to be done' }],
  options: {
    due: dueMomentOption('--due <day>', 'by when: friday, "friday 14:30", in 2 weeks, 1 Dec'),
    at: atOption('future'),
    length: lengthOption,
    client: option('--client <client>', 'the client it is about'),
    deal: option('--deal <deal>', 'the deal it is about'),
    owner: option('--owner <owner>', 'who does it'),
    every: option('--every <interval>', 'repeat after 3d, 2w, 1m, 1y', parseRepeat),
  },
  examples: [
    'task add "Send the price list" --client harbour --due friday',
    'task add "Show the plans" --client harbour --due "friday 14:30" --length 1h',
    'task add "Ask for the decision" --deal 1 --due "in 2 weeks"',
    'task add "Go through the funnel" --due monday --every 1w --owner Ann',
  ],
  async run(context, [text = ''], { due, at, length, client, deal, owner, every }) {
    const { day, time } = await whenOf(context, due, at, '--due')
    await context.change({}, async (db, moment) => {
      const { ownerId: usual, ...subject } = await about(db, client, deal)
      const ownerId = (await findId(db, 'owner', owner)) ?? usual
      const when = { due: day ?? null, time, minutes: length ?? null }
      const task = { text, ...when, ...subject, ownerId, repeat: every ?? null }
      const added = await addTask(db, task, moment)
      const by = added.due === null ? '' : `, due ${momentText(added.due, time)}`
      return {
        summary: `added task ${added.id} (${tidyName(text)})${by}`,
        result: taskResult(added),
      }
    })
  },
})
