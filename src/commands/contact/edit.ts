import { defineCommand, option } from '../../cli/command.ts'
import { clearable } from '../../cli/options.ts'
import { nameChange } from '../../domain/name.ts'
import { editContact } from '../../records/contacts.ts'
import { nothingToChange } from '../../records/dictionaries.ts'
import { findContact } from '../../records/interactions.ts'
import { find } from '../../records/lookup.ts'

export default defineCommand({
  arguments: [
    { syntax: '<client>', help: 'its number, or part of its name' },
    { syntax: '<person>', help: 'the name of the person, or part of it' },
  ],
  options: {
    name: option('--name <name>', 'the new name'),
    role: clearable(option('--role <text>', 'what they do')),
  },
  examples: ['contact edit harbour "Kai" --name "Kai Lund"'],
  run: (context, [text = '', person = ''], { name, role }) =>
    context.change({}, async (db) => {
      if (name === undefined && role === undefined) throw nothingToChange('contact')
      const client = await find(db, 'client', text)
      const found = await findContact(db, client.id, person, 'see')
      await editContact(db, { id: found.id, clientId: client.id }, { name, role })
      const said = nameChange(found.name, name)
      return {
        summary: `changed ${said} of client ${client.id} (${client.name})`,
        result: { client: client.id, contact: found.id },
      }
    }),
})
