import type { ContactPoint } from '../../domain/contact-point.ts'
import { nameRow } from './name.ts'

/** A person at a client in the columns of the book. */
export function contactRow(clientId: number, name: string, role: string | null) {
  return { client_id: clientId, ...nameRow(name), role, note: null }
}

/** An address of a client, or of a person there, in the columns of the book. */
export function pointRow(
  clientId: number,
  contactId: number | null,
  { kind, value, key }: ContactPoint,
) {
  return { client_id: clientId, contact_id: contactId, kind, value, key }
}

/** A value of a client's own, in the columns of the book. */
export function propertyRow(clientId: number, propertyId: number, value: string) {
  return { client_id: clientId, property_id: propertyId, value }
}

/** A category of a client in the columns of the book. */
export function categoryRow(clientId: number, categoryId: number) {
  return { client_id: clientId, category_id: categoryId }
}
