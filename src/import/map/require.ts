import { Fault } from '../../domain/fault.ts'
import type { FieldName, ImportKind } from './fields.ts'
import { listHeaders } from './header.ts'
import type { Proposal } from './target.ts'

/** Fields of which at least one must be there, and what is unknown without them. */
interface Need<K extends ImportKind> {
  oneOf: readonly FieldName<K>[]
  gives: string
}

const NEEDS: { [K in ImportKind]: readonly Need<K>[] } = {
  clients: [
    { oneOf: ['name', 'contact', 'first-name', 'last-name', 'email'], gives: "the clients' names" },
  ],
  deals: [
    { oneOf: ['client', 'client-ref', 'contact'], gives: "the deals' clients" },
    {
      oneOf: ['title', 'ref', 'need', 'amount', 'stage', 'outcome', 'opened', 'closed'],
      gives: "the deals' titles, stages or amounts",
    },
  ],
  history: [
    { oneOf: ['deal', 'title'], gives: 'the deals' },
    { oneOf: ['stage'], gives: 'the stages' },
    { oneOf: ['at'], gives: 'the days' },
  ],
  interactions: [
    { oneOf: ['client', 'client-ref', 'deal'], gives: 'the clients' },
    { oneOf: ['at'], gives: 'the days' },
  ],
  tasks: [{ oneOf: ['text'], gives: 'what is to be done' }],
  goals: [
    { oneOf: ['measure'], gives: 'the measures' },
    { oneOf: ['goal'], gives: 'what is to be reached' },
  ],
  bookings: [
    { oneOf: ['booked', 'value'], gives: 'the days' },
    { oneOf: ['amount', 'debit', 'credit'], gives: 'the amounts' },
  ],
  invoices: [
    { oneOf: ['number'], gives: 'the numbers of the invoices' },
    { oneOf: ['issued'], gives: 'the days of issue' },
    { oneOf: ['client', 'client-ref', 'deal', 'deal-ref'], gives: 'the clients' },
    { oneOf: ['amount', 'net'], gives: 'the amounts' },
  ],
  payments: [
    { oneOf: ['client', 'client-ref', 'for'], gives: 'the clients' },
    { oneOf: ['on'], gives: 'the days' },
    { oneOf: ['amount'], gives: 'the amounts' },
  ],
  products: [{ oneOf: ['name', 'code'], gives: "the products' names" }],
  prices: [
    { oneOf: ['product', 'code'], gives: 'the products' },
    { oneOf: ['price'], gives: 'the prices' },
  ],
  lines: [
    { oneOf: ['deal', 'title'], gives: 'the deals' },
    { oneOf: ['product', 'code', 'text'], gives: 'the products or texts' },
  ],
}

/**
 * Checks that the columns, or defaults for fields, give everything that a row needs.
 * @throws Fault `usage` saying what no column gives, and how to say which one does.
 */
export function requireFields(
  kind: ImportKind,
  proposals: readonly Proposal[],
  headers: readonly string[],
  defaults: ReadonlyMap<string, string> = new Map(),
): void {
  const fed = new Set<string>(defaults.keys())
  for (const { target } of proposals) if (target.to === 'field') fed.add(target.field)
  const missing = NEEDS[kind].filter(({ oneOf }) => !oneOf.some((field) => fed.has(field)))
  if (missing.length === 0) return
  const gives = missing.map((need) => need.gives).join(' or ')
  const flags = missing.map(({ oneOf }) => `--map "Header=${oneOf[0]}"`).join(' ')
  throw new Fault(
    'usage',
    `no column gives ${gives}; the file has: ${listHeaders(headers)}`,
    `say which one it is: ${flags}`,
  )
}
