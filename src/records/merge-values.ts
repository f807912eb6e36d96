import type { Selectable } from 'kysely'
import type { ClientsTable, Consent } from '../book/schema/clients.ts'
import { ADDRESS_PARTS, addressLine, isOtherPlace } from '../domain/address.ts'
import { addAll } from '../domain/lists.ts'
import { nameKey } from '../domain/name.ts'
import { CLIENT_TEXTS, namesOf } from '../domain/text-fields.ts'

/** A client's row, with the names of what it refers to. */
export type ClientRecord = Selectable<ClientsTable> & {
  owner: string | null
  source: string | null
  price_list: string | null
  terms: string | null
  file: string | null
}

/** What happens to two clients' own values when one is merged into the other. */
export interface MergedValues {
  set: Partial<Selectable<ClientsTable>>
  /** The blank fields that were filled. */
  filled: string[]
  /**
   * The fields in which they differ; the value that gives way is kept (as a line of the note, or an alias).
   */
  kept: string[]
}

interface Field {
  label: string
  columns: (keyof ClientsTable)[]
  text: (client: ClientRecord) => string | null
}

// What has no other place becomes a line of the note, which therefore is not one of them.
const OWN_PLACE = new Set<string>(['rating', 'note', ...ADDRESS_PARTS])
const OTHER_TEXTS = namesOf(CLIENT_TEXTS).filter((name) => !OWN_PLACE.has(name))

const FIELDS: Field[] = [
  { label: 'kind', columns: ['kind'], text: (client) => client.kind },
  { label: 'owner', columns: ['owner_id'], text: (client) => client.owner },
  { label: 'source', columns: ['source_id'], text: (client) => client.source },
  { label: 'price list', columns: ['price_list_id'], text: (client) => client.price_list },
  { label: 'terms', columns: ['terms_id'], text: (client) => client.terms },
  ...(['rating', ...OTHER_TEXTS] as const).map((name): Field => ({
    label: CLIENT_TEXTS[name].label.toLowerCase(),
    columns: [name],
    text: (client) => client[name],
  })),
  {
    label: 'file',
    columns: ['import_id', 'import_row'],
    text: ({ file, import_row: row }) => (file === null ? null : `${file} row ${row}`),
  },
]

const STRICTEST_FIRST: Consent[] = ['no', 'yes', 'unknown']

/** The line of a note that keeps a value that gave way. */
export function keptLine(label: string, from: { id: number; name: string }, text: string): string {
  return `${label} of client ${from.id} (${from.name}): ${text}`
}

function joinNotes(into: ClientRecord, from: ClientRecord, lines: string[]): string | null {
  const news = from.note !== null && !(into.note ?? '').includes(from.note) ? from.note : null
  const theirs = news !== null && into.note !== null ? keptLine('note', from, news) : news
  return [into.note, theirs, ...lines].filter((line) => line !== null).join('\n') || null
}

/**
 * The values of `into` once `from` has gone into it: blanks are filled; where both have a value
 * and they differ, that of `into` stays and the other becomes a line of the note. Of consents
 * the stricter wins (no, then yes, then unknown), of days of adding the earlier. Names and
 * references that differ are not in it: they become aliases.
 * @param more lines for the note, on what differs in the details of the clients.
 */
export function mergeValues(
  into: ClientRecord,
  from: ClientRecord,
  more: string[] = [],
): MergedValues {
  const set: Record<string, unknown> = {}
  const filled: string[] = []
  const kept: string[] = []
  const lines: string[] = []
  for (const { label, columns, text } of FIELDS) {
    const mine = text(into)
    const theirs = text(from)
    if (theirs === null || (mine !== null && nameKey(mine) === nameKey(theirs))) continue
    if (mine === null) {
      for (const column of columns) set[column] = from[column]
      filled.push(label)
    } else {
      lines.push(keptLine(label, from, theirs))
      kept.push(label)
    }
  }
  const address = addressLine(from)
  if (address !== null && isOtherPlace(into, from)) {
    lines.push(keptLine('address', from, address))
    kept.push('address')
  } else {
    const blank = ADDRESS_PARTS.filter((part) => into[part] === null && from[part] !== null)
    for (const part of blank) set[part] = from[part]
    addAll(filled, blank)
  }
  if (from.name_key !== into.name_key) kept.push('name')
  if (from.ref !== null) {
    set.ref = into.ref ?? from.ref
    const where = into.ref === null ? filled : kept
    where.push('ref')
  }
  const note = joinNotes(into, from, [...lines, ...more])
  if (into.note === null && from.note !== null) filled.push('note')
  const consent = STRICTEST_FIRST.find((answer) => [into.consent, from.consent].includes(answer))
  if (consent !== into.consent) filled.push('consent')
  const addedOn = into.added_on < from.added_on ? into.added_on : from.added_on
  return {
    set: { ...set, note, consent: consent ?? into.consent, added_on: addedOn },
    filled,
    kept,
  }
}
