import { erasedBefore } from '../../book/erase/keys.ts'
import { defineCommand } from '../../cli/command.ts'
import { addClient, sameName } from '../../records/clients.ts'
import { tidyName } from '../../domain/name.ts'
import { clientOptions, readDetails, readValues, sayDoubts } from '../shared/client-fields.ts'

export default defineCommand({
  arguments: [{ syntax: '<name>', help: 'the name of the company or person' }],
  options: clientOptions,
  examples: [
    'client add "Harbour Foods" --region North --email office@harbour.example',
    'client add "Ann Lee" --kind person --phone "+1 512 757 6000" --source referral',
    'client add "Pier Nine" --contact "Sam Roy" --role buyer --email sam@pier.example',
  ],
  async run(context, [name = ''], options) {
    const { db: reader, store, settings } = await context.book()
    const details = readDetails(options, settings.country)
    const twin = await sameName(reader, name)
    if (twin !== undefined) context.say(`note: client ${twin} has the same name`)
    const names = [name, ...details.contacts.map((contact) => contact.name)]
    const points = [...details.points, ...details.contacts.flatMap((contact) => contact.points)]
    const trace = erasedBefore(store)({ ref: options.ref ?? null, names, points })
    if (trace !== null) {
      const { io, local } = context
      const what = `a client of this ${trace.by} was erased on ${trace.on}`
      io.stderr.write(`funnel: ${local(what)}: undo this, unless they agreed\n`)
    }
    await context.change({}, async (db, moment) => {
      const values = await readValues(db, options)
      sayDoubts(context, values, moment.today)
      const id = await addClient(db, name, values, details, moment.today)
      return { summary: `added client ${id} (${tidyName(name)})`, result: { client: id } }
    })
  },
})
