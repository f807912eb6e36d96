import { defineCommand, list, option } from '../../cli/command.ts'
import { tidyName } from '../../domain/name.ts'
import { addDetails } from '../../records/clients.ts'
import { find } from '../../records/lookup.ts'
import { readDetails } from '../shared/client-fields.ts'

export default defineCommand({
  description: 'A person who is there already gets what is new.',
  arguments: [
    { syntax: '<client>', help: 'its number, or part of its name' },
    { syntax: '<name>', help: 'the name of the person' },
  ],
  options: {
    role: option('--role <text>', 'what they do'),
    email: list('--email <address>', 'their e-mail address (repeatable)'),
    phone: list('--phone <number>', 'their phone number (repeatable)'),
  },
  examples: [
    'contact add harbour "Kai Lund" --role "Head of purchasing" --email kai@harbour.example',
  ],
  async run(context, [text = '', name = ''], options) {
    const { country } = (await context.book()).settings
    const details = readDetails({ contact: name, ...options }, country)
    return context.change({}, async (db) => {
      const client = await find(db, 'client', text)
      await addDetails(db, client.id, details)
      return {
        summary: `added ${tidyName(name)} to client ${client.id} (${client.name})`,
        result: { client: client.id, contact: tidyName(name) },
      }
    })
  },
})
