import { distance } from 'fastest-levenshtein'
import { Fault } from '../domain/fault.ts'

/** What a list or a file is of. */
export type Listed =
  | 'clients'
  | 'deals'
  | 'tasks'
  | 'interactions'
  | 'history'
  | 'products'
  | 'prices'
  | 'lines'
  | 'goals'
  | 'invoices'
  | 'payments'
  | 'bookings'

/** The name of a column as it is typed: `open-deals` for `open_deals`. */
export function typedName(key: string): string {
  return key.replaceAll('_', '-')
}

/** Names for the same thing: in lists, files, conditions and headings. */
const SAME: Record<Listed, string[][]> = {
  clients: [
    ['id', 'no', 'number'],
    ['name', 'client', 'company'],
    ['categories', 'category', 'tags'],
    ['added', 'added_on'],
    ['contact', 'contacts', 'people', 'person'],
    ['email', 'e_mail', 'mail'],
    ['consent', 'mailings'],
    ['note', 'notes'],
    ['ref', 'reference'],
  ],
  deals: [
    ['id', 'no', 'number'],
    ['title', 'deal', 'name'],
    ['status', 'outcome'],
    ['opened_on', 'opened'],
    ['closed_on', 'closed'],
    ['expected_close', 'expected', 'close_date'],
    ['stage_since', 'in_stage_since'],
    ['tags', 'tag', 'labels', 'label', 'categories', 'category'],
    ['products', 'product'],
    ['contact', 'contacts', 'person'],
    ['note', 'notes'],
    ['ref', 'reference'],
  ],
  tasks: [
    ['id', 'no', 'number'],
    ['text', 'task', 'title', 'name'],
    ['due', 'due_on'],
    ['minutes', 'length'],
    ['closed_on', 'closed', 'done_on'],
    ['added_on', 'added'],
    ['repeat', 'every'],
  ],
  interactions: [
    ['id', 'no', 'number'],
    ['at', 'on', 'day', 'date'],
    ['minutes', 'length', 'duration'],
    ['kind', 'type', 'what'],
    ['text', 'note', 'notes'],
    ['contact', 'person'],
    ['direction', 'way'],
  ],
  products: [
    ['id', 'no', 'number'],
    ['name', 'product', 'title'],
    ['text', 'description'],
    ['tax', 'tax_rate', 'vat'],
  ],
  bookings: [
    ['id', 'no', 'number'],
    ['booked_on', 'booked', 'day', 'date'],
    ['value_on', 'value'],
    ['party', 'payer', 'payee', 'name'],
    ['party_account', 'iban'],
    ['text', 'purpose', 'reference'],
  ],
  prices: [
    ['product', 'name'],
    ['price_list', 'list'],
    ['quantity', 'from_quantity'],
    ['from', 'valid_from', 'since'],
    ['to', 'valid_to', 'until'],
  ],
  goals: [
    ['goal', 'value', 'target'],
    ['from', 'start'],
    ['to', 'end'],
  ],
  invoices: [
    ['number', 'no', 'invoice'],
    ['issued', 'issued_on', 'date', 'day'],
    ['due', 'due_on'],
    ['voided', 'voided_on', 'void'],
    ['amount', 'gross', 'total'],
    ['exchange_rate', 'rate'],
  ],
  payments: [
    ['on', 'paid_on', 'date', 'day'],
    ['for', 'settles', 'invoice', 'invoices'],
    ['exchange_rate', 'rate'],
  ],
  lines: [
    ['position', 'line', 'no', 'number'],
    ['product', 'name'],
    ['text', 'description'],
    ['tax', 'tax_rate', 'vat'],
    ['alternative_to', 'alternative'],
  ],
  history: [
    ['at', 'on', 'day', 'date'],
    ['event', 'kind'],
    ['deal', 'title'],
    ['note', 'text'],
    ['expected_close', 'expected'],
  ],
}

/** Columns that only a list has, as it sees a record with its details, and those that only a file has. */
const ELSEWHERE: Partial<Record<Listed, { list: string[]; file: string[]; noun: string }>> = {
  clients: {
    list: [
      'id',
      'open_deals',
      'won_deals',
      'lost_deals',
      'deals',
      'open_amount',
      'won_amount',
      'added',
      'last_contact',
    ],
    file: ['role'],
    noun: 'client',
  },
  deals: {
    list: [
      'id',
      'stage_since',
      'chance_by',
      'chance_learnt',
      'weighted',
      'currency',
      'own_amount',
      'products',
      'next_step',
      'next_on',
    ],
    file: ['client_ref'],
    noun: 'deal',
  },
  interactions: {
    list: ['id', 'client_id', 'deal_id'],
    file: ['client_ref'],
    noun: 'interaction',
  },
  tasks: {
    list: ['id', 'client_id', 'deal_id'],
    file: ['client_ref', 'deal_ref', 'repeat_from', 'follow_up'],
    noun: 'task',
  },
}

/** A name as it is compared: `Expected-Close` is `expected_close`. */
function keyOf(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replaceAll(/[-\s]+/g, '_')
}

/** The column that a typed name means: `expected-close`, `Outcome`; undefined if there is none. */
export function findColumn(of: Listed, keys: readonly string[], name: string): string | undefined {
  const key = keyOf(name)
  const named = (wanted: string): string | undefined => keys.find((one) => keyOf(one) === wanted)
  const others = SAME[of].filter((names) => names.includes(key)).flat()
  return named(key) ?? others.map(named).find((found) => found !== undefined)
}

/**
 * The column that a typed name means.
 * @throws Fault `usage` if there is none, with the nearest, or with all.
 */
export function columnNamed(of: Listed, keys: readonly string[], name: string): string {
  const found = findColumn(of, keys, name)
  if (found !== undefined) return found
  throw noColumn(of, name, keys, 'list')
}

/** Where else to find a column that a list or a file lacks. */
function elsewhere(of: Listed, name: string, where: 'list' | 'file'): string | undefined {
  const { list = [], file = [], noun } = ELSEWHERE[of] ?? {}
  const found = findColumn(of, where === 'list' ? file : list, name)
  if (found === undefined) return undefined
  return where === 'list'
    ? `the export has it: funnel export ${of} --columns ${typedName(found)}`
    : `the list has it: funnel ${noun} list --columns ${typedName(found)} --csv`
}

/** The refusal of an unknown column name. @param where of a list on the screen, or of a file. */
export function noColumn(
  of: Listed,
  name: string,
  keys: readonly string[],
  where: 'list' | 'file',
): Fault {
  const names = keys.map(typedName)
  const allNames = [
    ...names,
    ...SAME[of]
      .flat()
      .filter((one) => findColumn(of, keys, one))
      .map(typedName),
  ]
  const typed = typedName(keyOf(name))
  const far = (one: string): number => distance(one.toLowerCase(), typed)
  const [near] = allNames.toSorted((a, b) => far(a) - far(b))
  // Half of a short name is another word.
  const isNear = near !== undefined && far(near) <= Math.min(2, Math.floor(typed.length / 2))
  const hint =
    elsewhere(of, name, where) ??
    (isNear ? `did you mean ${near}?` : `there are ${names.join(', ')}`)
  const what = where === 'list' ? `a list of ${of}` : `an export of ${of}`
  return new Fault('usage', `${what} has no column “${name.trim()}”`, hint)
}

/** The property that `property:Fleet` names; undefined for other names. */
export function propertyIn(name: string): string | undefined {
  return /^property:\s*"?([^"]*)"?$/i.exec(name.trim())?.[1]
}

/** Names with commas between them. */
function namesIn(text: string): string[] {
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
}

/** The names in a list of them: `name,email`. */
export function readNames(text: string): string[] {
  const names = namesIn(text)
  if (names.length > 0) return names
  throw new Fault('usage', 'no column is named', 'write one or more: --columns id,client')
}

/** What to sort by, as it is typed: `region,-open-deals`; `-` starts with the last. */
export function readSorts(text: string): { name: string; descending: boolean }[] {
  return namesIn(text).map((name) => ({
    name: name.replace(/^[+-]/, ''),
    descending: name.startsWith('-'),
  }))
}
