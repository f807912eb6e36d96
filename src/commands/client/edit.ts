import { defineCommand, option } from '../../cli/command.ts'
import { nameChange } from '../../domain/name.ts'
import { addDetails, editClient } from '../../records/clients.ts'
import { removeDetails } from '../../records/removals.ts'
import { find } from '../../records/lookup.ts'
import {
  clientOptions,
  removeOption,
  readDetails,
  readRemoval,
  readValues,
} from '../shared/client-fields.ts'

export default defineCommand({
  description:
    'E-mails, phones, categories and properties are added to those it has; --drop removes what ' +
    'is wrong before anything is added. When a contact is removed, their addresses and ' +
    'interactions stay with the client.',
  arguments: [{ syntax: '<client>', help: 'its number, or part of its name' }],
  options: { name: option('--name <name>', 'the new name'), ...clientOptions, drop: removeOption },
  examples: [
    'client edit harbour --region South --rating A',
    'client edit 1 --owner none',
    'client edit 1 --drop email:office@harbour.example',
  ],
  async run(context, [text = ''], { name, drop, ...options }) {
    const { country } = (await context.book()).settings
    const details = readDetails(options, country)
    const drops = (drop ?? []).map(readRemoval)
    await context.change({}, async (db) => {
      const client = await find(db, 'client', text)
      const values = await readValues(db, options)
      await removeDetails(db, client, drops)
      await editClient(db, client.id, { ...values, ...(name === undefined ? {} : { name }) })
      await addDetails(db, client.id, details)
      return {
        summary: `changed client ${client.id} (${nameChange(client.name, name)})`,
        result: { client: client.id },
      }
    })
  },
})
