import { authorOf } from '../cli/author.ts'
import { defineCommand, option } from '../cli/command.ts'
import { clearable } from '../cli/options.ts'
import { parseContactPoint } from '../domain/contact-point.ts'
import { tidyName } from '../domain/name.ts'
import { addEntry } from '../records/dictionaries.ts'
import { find } from '../records/lookup.ts'
import { requireFreeUser } from '../records/owner-user.ts'
import { editNamed, readingCommands, retiredOf, retireOptions } from './shared/dictionary.ts'

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
