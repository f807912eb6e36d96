import type { Store } from './store/store.ts'
import { nameKey } from '../domain/name.ts'

// Template probabilities and limits are starting points for the user to change.
const STAGES: [name: string, probability: number, limitDays: number, task: string][] = [
  ['Qualification', 0.1, 14, 'Find out need, budget and who decides'],
  ['Meeting preparation', 0.15, 7, 'Agree on a day and prepare the meeting'],
  ['Presentation', 0.25, 14, 'Present the offer'],
  ['Proposal', 0.4, 14, 'Send the proposal'],
  ['Decision', 0.55, 21, 'Ask for the decision'],
  ['Contract', 0.75, 14, 'Agree on the contract'],
  ['Payment', 0.9, 14, 'See the payment in'],
  ['Delivery', 0.95, 30, 'Deliver'],
  ['Completion', 0.98, 14, 'Close the papers and ask for a referral'],
]

const PROCESSES = [
  ['typical', 'guided'],
  ['free', 'free'],
  ['plain', 'plain'],
] as const

const SOURCES = ['exhibition', 'web', 'referral', 'cold list', 'advertising']

const REASONS: [name: string, followUpDays: number | null, followUp: string | null][] = [
  ['too expensive', 90, 'Offer again'],
  ['chose a competitor', 180, 'Ask how it went'],
  ['no budget', 180, 'Ask about the new budget'],
  ['no need', null, null],
  ['bad timing', 60, 'Ask whether the time has come'],
  ['no answer', 60, 'Try again'],
]

/** Fills a new book's dictionaries: the nine steps of a typical sale, processes, sources, reasons, and its first owner. */
export function seed(store: Store, owner?: string): void {
  const insert = (table: string, row: Record<string, string | number | null>): number => {
    const names = Object.keys(row)
    const places = names.map((name) => `:${name}`).join(', ')
    return store.adding(`INSERT INTO ${table} (${names.join(', ')}) VALUES (${places})`)(row)
  }
  const named = (name: string): { name: string; name_key: string } => ({
    name,
    name_key: nameKey(name),
  })
  const stageIds = STAGES.map(([name], index) =>
    insert('stages', { ...named(name), position: index + 1 }),
  )
  for (const [name, kind] of PROCESSES) {
    const process = insert('processes', { ...named(name), kind })
    if (kind === 'plain') continue
    STAGES.forEach(([, probability, limit, task], index) => {
      insert('process_stages', {
        process_id: process,
        stage_id: stageIds[index] ?? 0,
        position: index + 1,
        probability,
        limit_days: limit,
        task: kind === 'guided' ? task : null,
      })
    })
  }
  if (owner !== undefined) insert('owners', named(owner))
  for (const name of SOURCES) insert('sources', named(name))
  for (const [name, days, text] of REASONS) {
    insert('reasons', { ...named(name), follow_up_days: days, follow_up_text: text })
  }
}
