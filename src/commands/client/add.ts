import { defineCommand } from '../../cli/command.ts'
import { addClient, sameName } from '../../records/clients.ts'
import { tidyName } from '../../domain/name.ts'
import { clientOptions, readDetails, readValues } from './fields.ts'

export default defineCommand({
  arguments: [{ syntax: '<name>', help: 'the name of the company or person' }],
  options: clientOptions,
  examples: [
    'client add "Harbour Foods" --region North --email office@harbour.example',
    'client add "Ann Lee" --kind person --phone "+1 512 757 6000" --source referral',
    'client add "Pier Nine" --contact "Sam Roy" --role buyer --email sam@pier.example',
  ],
  async run(context, [name = ''], options) {
    const details = readDetails(options)
    const { db: reader } = await context.book()
    const twin = await sameName(reader, name)
    if (twin !== undefined) context.say(`note: client ${twin} has the same name`)
    await context.change({}, async (db, moment) => {
      const id = await addClient(db, name, await readValues(db, options), details, moment.today)
      return { summary: `added client ${id} (${tidyName(name)})`, result: { client: id } }
    })
  },
})
