import { DEAL_TEXTS, namesOf } from '../../domain/text-fields.ts'
import type { Column } from '../../domain/table.ts'

/** The columns of a list of deals. */
export const DEAL_COLUMNS: Column[] = [
  { key: 'id', label: 'No.', type: 'count' },
  { key: 'title', label: 'Deal', type: 'text' },
  { key: 'client', label: 'Client', type: 'text' },
  { key: 'status', label: 'Status', type: 'text' },
  { key: 'stage', label: 'Stage', type: 'text' },
  { key: 'amount', label: 'Amount', type: 'money', lasting: true },
  { key: 'chance', label: 'Chance', type: 'share', optional: true },
  { key: 'expected_close', label: 'Expected', type: 'day', optional: true },
  { key: 'closed_on', label: 'Closed', type: 'day', optional: true },
  { key: 'owner', label: 'Owner', type: 'text', optional: true },
  { key: 'process', label: 'Process', type: 'text', hidden: true },
  { key: 'contact', label: 'Contact', type: 'text', hidden: true },
  { key: 'tags', label: 'Tags', type: 'names', hidden: true },
  { key: 'next_step', label: 'Next step', type: 'text', hidden: true },
  { key: 'next_on', label: 'Next on', type: 'day', hidden: true },
  { key: 'products', label: 'Products', type: 'names', hidden: true },
  { key: 'source', label: 'Source', type: 'text', hidden: true },
  { key: 'chance_by', label: 'Chance by', type: 'text', hidden: true },
  { key: 'chance_learnt', label: 'Learnt chance', type: 'share', hidden: true },
  { key: 'weighted', label: 'Weighted', type: 'money', lasting: true, rough: true, hidden: true },
  { key: 'cost', label: 'Cost', type: 'money', lasting: true, hidden: true },
  { key: 'opened_on', label: 'Opened', type: 'day', hidden: true },
  { key: 'stage_since', label: 'In stage since', type: 'day', hidden: true },
  { key: 'reason', label: 'Reason', type: 'text', hidden: true },
  ...namesOf(DEAL_TEXTS).map((key): Column => ({
    key,
    label: DEAL_TEXTS[key].label,
    type: 'text',
    hidden: true,
  })),
  { key: 'ref', label: 'Ref', type: 'text', hidden: true },
]
