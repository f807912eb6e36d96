import type { Column, Row } from '../../domain/table.ts'
import type { KeptDocument } from '../../documents/keep.ts'

/** The columns of files that were sent. */
export const DOCUMENT_COLUMNS: Column[] = [
  { key: 'id', label: 'No.', type: 'count' },
  { key: 'sent_on', label: 'Sent', type: 'day' },
  { key: 'client', label: 'Client', type: 'text' },
  { key: 'client_id', label: 'Client no.', type: 'count', hidden: true },
  { key: 'kind', label: 'Kind', type: 'text', hidden: true },
  { key: 'of', label: 'Of', type: 'text', optional: true },
  { key: 'level', label: 'Level', type: 'count', optional: true },
  { key: 'name', label: 'File', type: 'text', lasting: true },
  { key: 'format', label: 'Format', type: 'text' },
  { key: 'kilobytes', label: 'KB', type: 'count', spoken: true },
  { key: 'size', label: 'Bytes', type: 'count', hidden: true },
  { key: 'sha256', label: 'SHA-256', type: 'text', hidden: true },
]

/** Those of a client's or an invoice's own card. */
export const DOCUMENTS_OF_ONE: Column[] = DOCUMENT_COLUMNS.map((column) =>
  column.key === 'client' ? { ...column, hidden: true } : column,
)

/** A file that was sent as a row. */
export function documentRow(kept: KeptDocument): Row {
  const { invoice_id: _, proposal_id: __, ...row } = kept
  return { ...row, kilobytes: Math.ceil(kept.size / 1000) }
}
