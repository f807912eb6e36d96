import type { Statements } from '../../book/store/store.ts'
import { nameKey } from '../../domain/name.ts'
import type { Suggestion } from './suggest.ts'

const LATEST = `SELECT p.number AS value, c.name AS help FROM proposals AS p JOIN clients AS c ON c.id = p.client_id
  WHERE p.number_key >= :from AND p.number_key < :to AND p.version = 1 ORDER BY p.id DESC LIMIT :most`

/** Proposals whose numbers begin with a text, the latest first, with their clients. */
export function proposalsBeginning(
  opened: Statements,
  beginning: string,
  most: number,
): Suggestion[] {
  const from = nameKey(beginning)
  const found = opened.prepare(LATEST).all({ from, to: `${from}\u{10ffff}`, most })
  return (found as { value: string; help: string }[]).map(({ value, help }) => ({
    value,
    help,
    listed: `${value} (${help})`,
  }))
}
