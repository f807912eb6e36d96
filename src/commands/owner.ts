import { defineCommand, option } from '../cli/command.ts'
import { clearable } from '../cli/options.ts'
import { parseContactPoint } from '../domain/contact-point.ts'
import { tidyName } from '../domain/name.ts'
import { addEntry } from '../records/dictionaries.ts'
import { editNamed, readingCommands, retiredOf, retireOptions } from './shared/dictionary.ts'

const email = option(
  '--email <address>',
  'their e-mail address',
  (text) => parseContactPoint('email', text).value,
)

export const { list, show } = readingCommands({
  noun: 'owner',
  columns: [{ key: 'email', label: 'E-mail', type: 'text' }],
  known: 'Ann',
  added: 'Bo',
})

export const add = defineCommand({
  arguments: [{ syntax: '<name>', help: 'the name of the salesperson' }],
  options: { email },
  examples: ['owner add "Bo Berg" --email bo@example.com'],
  run: (context, [name = ''], options) =>
    context.change({}, async (db) => {
      const id = await addEntry(db, 'owner', name, { email: options.email ?? null })
      return { summary: `added owner ${id} (${tidyName(name)})`, result: { owner: id } }
    }),
})

export const edit = defineCommand({
  arguments: [{ syntax: '<owner>', help: 'the number, or part of the name' }],
  options: {
    name: option('--name <name>', 'the new name'),
    email: clearable(email),
    ...retireOptions,
  },
  examples: ['owner edit Ann --email ann@example.com', 'owner edit Ann --retire'],
  run: (context, [text = ''], { name, email: address, ...options }) =>
    editNamed(context, 'owner', text, { name, email: address, retired: retiredOf(options) }),
})
