import type { Store } from '../book/store/store.ts'
import type { Day } from '../domain/day.ts'
import { Fault } from '../domain/fault.ts'
import { nameKey } from '../domain/name.ts'
import type { ClientName } from './client-names.ts'

/** Which deal a title is to lead to. */
export interface DealTitle {
  title: string
  /** The reference that the row gives next to the title: a deal with another one is not meant. */
  ref: string | null
  /** The client as the row names it, or as the book numbers it; null if the row says none. */
  client: ClientName | number | null
}

interface Candidate {
  id: number
  ref: string | null
  client_id: number
  client: string
  status: string
  closed_on: Day | null
  stage: string | null
}

const SHOWN = 4

function called({ id, ref, client, status, closed_on: closed, stage }: Candidate): string {
  const state = closed === null ? (stage ?? 'open') : `${status} ${closed}`
  return `${ref ?? `deal ${id}`} of ${client} (${state})`
}

function several(title: string, found: readonly Candidate[], hasClient: boolean): Fault {
  const shown = found.slice(0, SHOWN).map(called)
  if (found.length > SHOWN) shown.push('…')
  const clients = new Set(found.map(({ client_id: client }) => client))
  const what = clients.size > 1 && !hasClient ? 'the client, or a reference,' : 'a reference'
  return new Fault(
    'usage',
    `the book has several deals “${title}”: ${shown.join(', ')}; ${what} tells them apart`,
  )
}

function namesOf(client: DealTitle['client']) {
  if (client === null) return { id: null, name: null, clientRef: null }
  if (typeof client === 'number') return { id: client, name: null, clientRef: null }
  const name = client.name === null ? null : nameKey(client.name)
  return { id: null, name, clientRef: client.ref }
}

/** Finds the only deal with a title, whose whole text must be the same except for case and spaces. */
export function titledDeals(store: Store): (wanted: DealTitle) => number | null {
  const answers = (kind: 'ref' | 'name', own: string, param: string): string =>
    `(${own} = ${param} OR EXISTS (SELECT 1 FROM client_aliases a
       WHERE a.client_id = c.id AND a.kind = '${kind}' AND a.key = ${param}))`
  const find = store.prepare(
    `SELECT d.id, d.ref, d.client_id, c.name AS client, d.status, d.closed_on, s.name AS stage
     FROM deals d JOIN clients c ON c.id = d.client_id LEFT JOIN stages s ON s.id = d.stage_id
     WHERE d.title_key = :title AND (:ref IS NULL OR d.ref IS NULL)
       AND (:id IS NULL OR c.id = :id)
       AND (:name IS NULL OR ${answers('name', 'c.name_key', ':name')})
       AND (:clientRef IS NULL OR c.ref IS NULL OR ${answers('ref', 'c.ref', ':clientRef')})
     ORDER BY d.closed_on IS NOT NULL, d.id LIMIT ${SHOWN + 1}`,
  )
  /** @throws Fault `usage` naming the candidates if there are several. */
  return ({ title, ref, client }) => {
    const names = namesOf(client)
    const key = nameKey(title)
    if (key === '') return null
    const found = find.all({ title: key, ref, ...names }) as Candidate[]
    if (found.length > 1) throw several(title, found, names.id !== null || names.name !== null)
    return found[0]?.id ?? null
  }
}
