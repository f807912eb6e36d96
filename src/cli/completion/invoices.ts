import type { Statements } from '../../book/store/store.ts'
import { nameKey } from '../../domain/name.ts'
import type { Suggestion } from './suggest.ts'

const ISSUED = `SELECT i.number AS value, c.name AS help FROM invoices AS i JOIN clients AS c ON c.id = i.client_id
  WHERE i.number_key >= :from AND i.number_key < :to ORDER BY i.number_key DESC LIMIT :most`

const DRAFTS = `SELECT 'd' || i.id AS value, c.name AS help FROM invoices AS i JOIN clients AS c ON c.id = i.client_id
  WHERE i.number IS NULL AND 'd' || i.id LIKE :like ORDER BY i.id DESC LIMIT :most`

interface Named {
  value: string
  help: string
}

const suggested = ({ value, help }: Named): Suggestion => ({
  value,
  help,
  listed: `${value} (${help})`,
})

/** Drafts whose names begin with a text, the latest first, with their clients. */
export function draftsBeginning(opened: Statements, beginning: string, most: number): Suggestion[] {
  if (!/^(?:d\d*)?$/i.test(beginning)) return []
  const found = opened.prepare(DRAFTS).all({ like: `${nameKey(beginning)}%`, most })
  return (found as Named[]).map(suggested)
}

/** Drafts, and invoices whose numbers begin with a text, the latest first, with their clients. */
export function invoicesBeginning(
  opened: Statements,
  beginning: string,
  most: number,
): Suggestion[] {
  const from = nameKey(beginning)
  const issued = opened.prepare(ISSUED).all({ from, to: `${from}\u{10ffff}`, most })
  const drafts = draftsBeginning(opened, beginning, most)
  return [...drafts, ...(issued as Named[]).map(suggested)].slice(0, most)
}
