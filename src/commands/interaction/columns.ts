import type { Column } from '../../domain/table.ts'

/** The columns of a list of interactions. */
export const INTERACTION_COLUMNS: Column[] = [
  { key: 'id', label: 'No.', type: 'count' },
  { key: 'at', label: 'Day', type: 'day' },
  { key: 'time', label: 'Time', type: 'text', optional: true },
  { key: 'kind', label: 'What', type: 'text' },
  { key: 'direction', label: 'Way', type: 'text', optional: true },
  { key: 'result', label: 'Result', type: 'text', optional: true },
  { key: 'client', label: 'Client', type: 'text' },
  { key: 'contact', label: 'Person', type: 'text', optional: true },
  { key: 'deal', label: 'Deal', type: 'text', optional: true },
  { key: 'text', label: 'Text', type: 'text', wrap: true },
  { key: 'owner', label: 'Owner', type: 'text', optional: true },
  { key: 'minutes', label: 'Minutes', type: 'count', hidden: true },
  { key: 'client_id', label: 'Client no.', type: 'count', hidden: true },
  { key: 'deal_id', label: 'Deal no.', type: 'count', hidden: true },
]
