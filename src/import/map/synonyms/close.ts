import type { Synonyms } from './synonyms.ts'

// The exports of Close, where a lead is a company. It writes values as text next to their numbers.
export const close: Synonyms = {
  clients: {
    ref: 'lead_id, ~id',
    name: '~display_name, ~lead_name',
    website: 'url',
    contact: 'primary_contact_name',
    email: 'primary_contact_primary_email',
    phone: 'primary_contact_primary_phone',
  },
  deals: {
    ref: 'opportunity_id, ~id',
    stage: 'status_label',
    outcome: 'status_type',
    amount: 'value_formatted, value',
    opened: 'date_created',
    'won-on': 'date_won',
    'lost-on': 'date_lost',
    owner: 'user_name, ~user',
    process: 'pipeline_name',
    note: 'note',
    currency: 'value_currency',
  },
  history: {
    deal: 'opportunity_id',
    stage: 'new_status_label',
    at: 'date_created',
    owner: 'user_name',
  },
}
