import { defineCommand } from '../../cli/command.ts'
import { counted } from '../../domain/text.ts'
import { find } from '../../records/lookup.ts'
import { type Merge, mergeClients } from '../../records/merge.ts'

/** What moved rows are called, by table. */
const MOVED: Record<string, [one: string, many: string]> = {
  deals: ['deal', 'deals'],
  interactions: ['interaction', 'interactions'],
  tasks: ['task', 'tasks'],
  contacts: ['person', 'people'],
  contact_points: ['address', 'addresses'],
  client_categories: ['category', 'categories'],
  client_properties: ['property', 'properties'],
}

function describe({ moved, joined, filled, kept }: Merge): string[] {
  const counts = Object.entries(MOVED)
    .filter(([table]) => moved[table])
    .map(([table, [one, many]]) => counted(moved[table] ?? 0, one, many))
  const lines: [string, string[]][] = [
    ['moved', counts],
    ['joined', joined],
    ['filled', filled],
    ['differed, both kept', kept],
  ]
  return lines
    .filter(([, what]) => what.length > 0)
    .map(([how, what]) => `  ${how}: ${what.join(', ')}`)
}

export default defineCommand({
  description:
    'The first client gets the deals, interactions, tasks, people, addresses, categories and ' +
    'properties of the second, which is then removed. Blanks of the first are filled. If both ' +
    'have a value, the first keeps its own and the other becomes a line of its note; a ' +
    'different name or reference is kept next to its own, and imports find the client by it. ' +
    'The stricter mailing consent wins: no before yes, yes before unknown. People of the same ' +
    'name are merged; addresses and categories that both have are kept once. funnel undo ' +
    'brings both back.',
  arguments: [
    { syntax: '<into>', help: 'the client that stays: its number, or part of its name' },
    { syntax: '<from>', help: 'the client that is merged into it' },
  ],
  options: {},
  examples: ['client merge 1 2', 'client merge harbour "Habour Foods Ltd" --json'],
  async run(context, [intoText = '', fromText = '']) {
    await context.change({}, async (db) => {
      const into = await find(db, 'client', intoText)
      const from = await find(db, 'client', fromText)
      const merge = await mergeClients(db, into.id, from.id)
      const summary = `merged client ${from.id} (${from.name}) into client ${into.id} (${into.name})`
      const text = [summary, ...describe(merge)].join('\n')
      return { summary, text, result: { client: into.id, merged: from.id, ...merge } }
    })
  },
})
