import type { Column } from '../../domain/table.ts'

/** The columns of a list of tasks. */
export const TASK_COLUMNS: Column[] = [
  { key: 'id', label: 'No.', type: 'count' },
  { key: 'due', label: 'Due', type: 'day' },
  { key: 'time', label: 'Time', type: 'text', optional: true },
  { key: 'text', label: 'Task', type: 'text', wrap: true },
  { key: 'client', label: 'Client', type: 'text' },
  { key: 'deal', label: 'Deal', type: 'text', optional: true },
  { key: 'owner', label: 'Owner', type: 'text', optional: true },
  { key: 'stage', label: 'Stage', type: 'text', hidden: true },
  { key: 'status', label: 'Status', type: 'text', hidden: true },
  { key: 'closed_on', label: 'Closed', type: 'day', hidden: true },
  { key: 'result', label: 'Result', type: 'text', hidden: true },
  { key: 'repeat', label: 'Every', type: 'text', hidden: true },
  { key: 'added_on', label: 'Added', type: 'day', hidden: true },
  { key: 'minutes', label: 'Minutes', type: 'count', hidden: true },
  { key: 'client_id', label: 'Client no.', type: 'count', hidden: true },
  { key: 'deal_id', label: 'Deal no.', type: 'count', hidden: true },
]

const CLOSED = new Set(['status', 'closed_on', 'result'])

/** The same if closed tasks are listed: with what became of them. */
export const CLOSED_TASK_COLUMNS: Column[] = TASK_COLUMNS.map((column) =>
  CLOSED.has(column.key) ? { ...column, hidden: false } : column,
)
