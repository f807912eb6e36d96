import type { DocumentKind } from '../book/schema/documents.ts'

/** The kinds of documents, in the order of a sale. */
export const DOCUMENT_KINDS = [
  'proposal',
  'invoice',
  'credit-note',
  'reminder',
  'letter',
] as const satisfies readonly DocumentKind[]

/** A kind with its article: `an invoice`. */
export const aKind = (kind: DocumentKind): string =>
  `${kind === 'invoice' ? 'an' : 'a'} ${kind.replace('-', ' ')}`
