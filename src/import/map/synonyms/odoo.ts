import type { Synonyms } from './synonyms.ts'

// Labels of the fields of Odoo's leads and opportunities, and their technical names.
export const odoo: Synonyms = {
  clients: {
    ref: 'External ID, ~ID',
    name: 'Company Name, Related Company, ~Complete Name, ~Display Name',
    owner: 'Salesperson',
    category: 'Tags',
    contact: 'Contact Name',
    role: 'Job Position',
    street: 'Street',
    postcode: 'Zip',
    'e-address': 'Peppol Endpoint',
    town: 'City',
    country: 'Country, country_id',
  },
  deals: {
    ref: 'External ID, ~ID',
    client: 'Customer, ~Contact Name, ~Partner Name',
    title: '~Opportunity',
    stage: 'Stage',
    opened: 'Created on, Creation Date, Create Date',
    'expected-close': 'Expected Closing, Date Deadline',
    closed: 'Closed Date, Date Closed',
    'won-on': 'Won on',
    owner: 'Salesperson',
    amount: '~Expected Revenue',
    source: 'Source, ~Medium',
    reason: 'Lost Reason',
    note: 'Notes, Internal Notes',
    tag: 'Tags',
  },
}
