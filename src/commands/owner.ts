import { authorOf } from '../cli/author.ts'
import { defineCommand, flag, option } from '../cli/command.ts'
import { clearable, onOption } from '../cli/options.ts'
import { counted } from '../domain/text.ts'
import { Fault } from '../domain/fault.ts'
import { handOver } from '../records/hand-over.ts'
import { chooseOptions, readChoice } from './shared/choose-clients.ts'
import { parseContactPoint } from '../domain/contact-point.ts'
import { tidyName } from '../domain/name.ts'
import { addEntry } from '../records/dictionaries.ts'
import { find } from '../records/lookup.ts'
import { requireFreeUser } from '../records/owner-user.ts'
import {
  editNamed,
  mergeCommand,
  readingCommands,
  retiredOf,
  retireOptions,
} from './shared/dictionary.ts'

const email = option(
  '--email <address>',
  'their e-mail address',
  (text) => parseContactPoint('email', text).value,
)

const user = option(
  '--user <name>',
  'the name by which they run commands, for --mine (see funnel history --help; me: you)',
  (text, { io }) => (text === 'me' ? authorOf(io) : tidyName(text)),
)

export const { list, show } = readingCommands({
  noun: 'owner',
  columns: [
    { key: 'email', label: 'E-mail', type: 'text' },
    { key: 'user', label: 'User', type: 'text', optional: true },
  ],
  known: 'Ann',
  added: 'Bo',
})

export const add = defineCommand({
  arguments: [{ syntax: '<name>', help: 'the name of the salesperson' }],
  options: { email, user },
  examples: ['owner add "Bo Berg" --email bo@example.com'],
  run: (context, [name = ''], options) =>
    context.change({}, async (db) => {
      await requireFreeUser(db, options.user)
      const id = await addEntry(db, 'owner', name, {
        email: options.email ?? null,
        user: options.user ?? null,
      })
      return { summary: `added owner ${id} (${tidyName(name)})`, result: { owner: id } }
    }),
})

export const edit = defineCommand({
  arguments: [{ syntax: '<owner>', help: 'the number, or part of the name' }],
  options: {
    name: option('--name <name>', 'the new name'),
    email: clearable(email),
    user: clearable(user),
    ...retireOptions,
  },
  examples: [
    'owner edit Ann --email ann@example.com',
    'owner edit Ann --user me',
    'owner edit Ann --retire',
  ],
  async run(context, [text = ''], { name, email: address, user: runsAs, ...options }) {
    const { db } = await context.book()
    if (runsAs) await requireFreeUser(db, runsAs, (await find(db, 'owner', text)).id)
    const retired = retiredOf(options)
    return editNamed(context, 'owner', text, { name, email: address, user: runsAs, retired })
  },
})

export const merge = mergeCommand('owner', ['Ann', 'Bo'])

export const handOverCommand = defineCommand({
  description:
    'Clients, open deals and open tasks of the first owner then belong to the second. What is closed stays. ' +
    'The new owner of a deal is part of its history: reports as of an earlier day still have the old one.',
  arguments: [{ syntax: '<owner>', help: 'who hands over: the number, or part of the name' }],
  options: {
    to: option('--to <owner>', 'who takes over'),
    on: onOption,
    dryRun: flag('--dry-run', 'only say what would be handed over'),
    ...chooseOptions,
  },
  examples: ['owner hand-over Bo --to Ann', 'owner hand-over Bo --to Ann --where region=North'],
  async run(context, [text = ''], options) {
    const { to, on, dryRun } = options
    if (to === undefined) {
      throw new Fault('usage', 'who takes over?', `add --to NAME (see: funnel owner list)`)
    }
    const { test } = await readChoice(context, options)
    return context.change({ on, dryRun }, async (db, moment) => {
      const [from, into] = [await find(db, 'owner', text), await find(db, 'owner', to)]
      const done = await handOver(db, from, into, test, moment)
      const counts = [
        counted(done.clients, 'client'),
        counted(done.deals, 'open deal'),
        counted(done.tasks, 'open task'),
      ].join(', ')
      const would = dryRun ? 'would hand' : 'handed'
      const summary = `${would} over from ${from.name} to ${into.name}: ${counts}`
      return { summary, result: { from: from.id, to: into.id, ...done } }
    })
  },
})
