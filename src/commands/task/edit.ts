import { defineCommand, option } from '../../cli/command.ts'
import { clearable, dueMomentOption } from '../../cli/options.ts'
import { Fault } from '../../domain/fault.ts'
import { parseRepeat } from '../../domain/repeat.ts'
import { find } from '../../records/lookup.ts'
import { editTask, findTask } from '../../records/tasks.ts'
import { atOption, lengthOption, momentText, whenOf } from '../shared/appointment.ts'
import { movedSubject } from '../shared/task-subject.ts'

export default defineCommand({
  description:
    'Changes an open task. A new day moves only this occurrence of a repeating task; without a day ' +
    'it has no time of day either.',
  arguments: [{ syntax: '<task>', help: 'its number, or part of its text' }],
  options: {
    text: option('--text <text>', 'what is to be done'),
    due: clearable(dueMomentOption('--due <day>', 'by when: friday, "friday 14:30", 1 Dec')),
    at: clearable(atOption('future')),
    length: clearable(lengthOption),
    client: clearable(option('--client <client>', 'the client it is about')),
    deal: clearable(option('--deal <deal>', 'the deal it is about, and its client')),
    owner: clearable(option('--owner <owner>', 'who does it')),
    every: clearable(option('--every <interval>', 'repeat after 3d, 2w, 1m, 1y', parseRepeat)),
  },
  examples: [
    'task edit "price list" --text "Send the new price list" --due "friday 14:30" --length 30m',
    'task edit "price list" --at 9:00 --owner Ann',
    'task edit "price list" --at none',
    'task edit "price list" --client harbour',
  ],
  async run(context, [name = ''], { text, due, at, length, client, deal, owner, every }) {
    if ([text, due, at, length, client, deal, owner, every].every((value) => value === undefined)) {
      throw new Fault('usage', 'nothing to change', 'funnel task edit --help lists the options')
    }
    await context.change({}, async (db) => {
      const task = await findTask(db, name)
      const given = await whenOf(context, due ?? undefined, at ?? undefined, '--due')
      const day = due === null ? null : (given.day ?? task.due)
      const time = at === null ? null : (given.time ?? undefined)
      await editTask(db, task, {
        due: day,
        ...(await movedSubject(db, task, client, deal)),
        ...(text !== undefined && { text }),
        ...(time !== undefined && { time }),
        ...(length !== undefined && { minutes: length }),
        ...(every !== undefined && { repeat: every }),
        ...(owner !== undefined && {
          ownerId: owner === null ? null : (await find(db, 'owner', owner)).id,
        }),
      })
      const after = await findTask(db, String(task.id))
      const when = after.due === null ? '' : `, due ${momentText(after.due, after.time)}`
      return {
        summary: `changed task ${task.id} (${after.text})${when}`,
        result: { task: task.id, due: after.due, time: after.time },
      }
    })
  },
})
