import { defineCommand } from '../../cli/command.ts'
import { findContact } from '../../records/interactions.ts'
import { find } from '../../records/lookup.ts'
import { removeDetails } from '../../records/removals.ts'

export default defineCommand({
  description: 'Their addresses and interactions stay with the client.',
  arguments: [
    { syntax: '<client>', help: 'its number, or part of its name' },
    { syntax: '<person>', help: 'the name of the person, or part of it' },
  ],
  options: {},
  examples: ['contact drop harbour "Kai Lund"'],
  run: (context, [text = '', person = '']) =>
    context.change({}, async (db) => {
      const client = await find(db, 'client', text)
      const { name } = await findContact(db, client.id, person, 'see')
      await removeDetails(db, client, [{ what: 'contact', value: name }])
      return {
        summary: `dropped ${name} from client ${client.id} (${client.name})`,
        result: { client: client.id },
      }
    }),
})
