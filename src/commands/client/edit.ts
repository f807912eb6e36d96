import { defineCommand, flag, option, type Values } from '../../cli/command.ts'
import { nameChange } from '../../domain/name.ts'
import { addDetails, editClient } from '../../records/clients.ts'
import { removeDetails } from '../../records/removals.ts'
import {
  clientOptions,
  removeOption,
  readDetails,
  readRemoval,
  readValues,
  sayDoubts,
} from '../shared/client-fields.ts'
import { chooseOptions, readChoice, WHERE_HELP } from '../shared/choose-clients.ts'
import { changedText, chosenClients, readSet, requireForAll, setOption } from '../shared/several.ts'

const settable = {
  name: option('--name <name>', 'the new name'),
  ...clientOptions,
  drop: removeOption,
}

const options = {
  ...settable,
  set: setOption,
  ...chooseOptions,
  dryRun: flag('--dry-run', 'only say how many would be changed'),
}

type Own = Partial<Values<typeof settable>>

export default defineCommand({
  description:
    'E-mails, phones, categories and properties are added to those it has; --drop removes what ' +
    'is wrong before anything is added. When a contact is removed, their addresses and ' +
    'interactions stay with the client. Several clients are given by their numbers, or chosen ' +
    'with --where. ' +
    WHERE_HELP,
  arguments: [{ syntax: '[client...]', help: 'its number, or part of its name; several numbers' }],
  options,
  examples: [
    'client edit harbour --region South --rating A',
    'client edit 1 2 --owner none',
    'client edit --where "region=North" --set owner=Ann',
    'client edit 1 --street "Hafenstr. 1" --postcode 20457 --town Hamburg --country DE',
    'client edit 1 --vat-id DE136695976 --e-address 0088:4012345000009',
    'client edit 1 --drop email:office@harbour.example',
  ],
  async run(context, texts, given) {
    const { where, segment, dryRun, set, ...own } = given
    const { name, drop, ...rest } = { ...own, ...(await readSet(context, set, settable)) } as Own
    const { country } = (await context.book()).settings
    const { test } = await readChoice(context, { where, segment })
    const details = readDetails(rest, country)
    const drops = (drop ?? []).map(readRemoval)
    await context.change({ dryRun }, async (db, moment) => {
      const clients = await chosenClients(db, texts, test)
      requireForAll(clients, { name, ref: rest.ref })
      const values = await readValues(db, rest)
      sayDoubts(context, values, moment.today)
      for (const client of clients) {
        await removeDetails(db, client, drops)
        await editClient(db, client.id, { ...values, ...(name === undefined ? {} : { name }) })
        await addDetails(db, client.id, details)
      }
      const [first] = clients
      const said = changedText('client', clients, first ? nameChange(first.name, name) : '')
      return {
        summary: dryRun ? `would have ${said}` : said,
        result: {
          client: clients.length === 1 ? first?.id : null,
          clients: clients.map(({ id }) => id),
        },
      }
    })
  },
})
