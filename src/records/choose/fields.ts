import { clientFields } from './client-fields.ts'
import { relatedFields } from './related-fields.ts'
import type { Compile } from './test.ts'

/** The fields of clients that a condition can ask about. */
export const CLIENT_FIELDS: Record<string, Compile> = { ...clientFields, ...relatedFields }

/** Does a condition ask about deals (`deal:amount>10000`)? */
export function isAboutDeals(text: string): boolean {
  return /^\s*deal:/i.test(text)
}

/** Do clients have a field of that name? */
export function isClientField(field: string): boolean {
  return Object.hasOwn(CLIENT_FIELDS, field)
}
