import type { ContactPoint } from '../../domain/contact-point.ts'
import { nameKey } from '../../domain/name.ts'

/** A person at a client in the columns of the book. */
export function contactRow(clientId: number, name: string, role: string | null) {
  return { client_id: clientId, name, name_key: nameKey(name), role, note: null }
}

/** An address of a client, or of a person there, in the columns of the book. */
export function pointRow(
  clientId: number,
  contactId: number | null,
  { kind, value, key }: ContactPoint,
) {
  return { client_id: clientId, contact_id: contactId, kind, value, key }
}
