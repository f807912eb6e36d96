import { defineCommand, option } from '../cli/command.ts'
import { clearable, readCount } from '../cli/options.ts'
import { tidyName } from '../domain/name.ts'
import { addEntry } from '../records/dictionaries.ts'
import {
  editNamed,
  mergeCommand,
  readingCommands,
  retiredOf,
  retireOptions,
} from './shared/dictionary.ts'

const after = option('--after <days>', 'days until the client is asked again', readCount)
const task = option('--task <text>', 'what to do then', tidyName)

export const { list, show } = readingCommands({
  noun: 'reason',
  columns: [
    { key: 'follow_up_days', label: 'Ask again after', type: 'days' },
    { key: 'follow_up_text', label: 'What to do then', type: 'text' },
  ],
  known: 'no budget',
  added: 'wrong size',
})

export const add = defineCommand({
  arguments: [{ syntax: '<name>', help: 'why deals are lost' }],
  options: { after, task },
  examples: [
    'reason add "moved away"',
    'reason add "in a contract" --after 300 --task "Offer again"',
  ],
  run: (context, [name = ''], options) =>
    context.change({}, async (db) => {
      const id = await addEntry(db, 'reason', name, {
        follow_up_days: options.after ?? null,
        follow_up_text: options.task ?? null,
      })
      return { summary: `added reason ${id} (${tidyName(name)})`, result: { reason: id } }
    }),
})

export const edit = defineCommand({
  arguments: [{ syntax: '<reason>', help: 'its number, or part of its name' }],
  options: {
    name: option('--name <name>', 'the new name'),
    after: clearable(after),
    task: clearable(task),
    ...retireOptions,
  },
  examples: ['reason edit "no budget" --after 120', 'reason edit "no need" --retire'],
  run: (context, [text = ''], { name, after: days, task: what, ...options }) =>
    editNamed(context, 'reason', text, {
      name,
      follow_up_days: days,
      follow_up_text: what,
      retired: retiredOf(options),
    }),
})

export const merge = mergeCommand('reason', ['no budget', 'no need'])
