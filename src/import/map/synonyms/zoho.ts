import type { Synonyms } from './synonyms.ts'

// The exports of Zoho CRM. `Expected Revenue` there is the amount times its probability.
export const zoho: Synonyms = {
  clients: {
    ref: 'Record Id, ~Account Name.id, ~Id',
    name: 'Account Name',
    owner: 'Account Owner, Account Owner Name, Contact Owner, Contact Owner Name, Lead Owner Name',
    source: 'Lead Source',
    size: 'Employees',
    contact: 'Full Name, Contact Name',
    street: 'Billing Street, Mailing Street',
    postcode: 'Billing Code, Mailing Zip',
    town: 'Billing City, Mailing City',
    country: 'Billing Country, Mailing Country',
    delivery: 'Shipping Street, Shipping Code, Shipping City, Shipping State, Shipping Country',
  },
  deals: {
    ref: 'Record Id, Deal Id, Potential Id',
    client: 'Account Name, ~Contact Name',
    'client-ref': 'Account Name.id, Account Id',
    title: 'Deal Name, Potential Name',
    process: 'Pipeline',
    stage: 'Stage',
    // One date, which is the expected close until the deal is closed.
    closed: 'Closing Date',
    opened: 'Created Time',
    amount: `Amount, Deal Amount, Offer Total Amount, Offer Amount, Offer Value, Quote Total,
      Quote Amount, Quote Value, Quoted Amount, Proposal Amount, Proposal Value`,
    owner: 'Deal Owner, Deal Owner Name, Potential Owner, Potential Owner Name',
    source: 'Lead Source, ~Campaign Source',
    reason: 'Reason For Loss, Reason For Loss__s, Reason For Losing',
    note: 'Description',
    tag: 'Tag',
    currency: 'Currency',
  },
  history: {
    deal: 'Deal Id, Potential Id',
    stage: 'Stage',
    at: 'Modified Time, ~Last Modified Time, ~Created Time',
    owner: 'Modified By',
    amount: 'Amount',
  },
  tasks: {
    text: 'Subject',
    owner: 'Task Owner, Task Owner Name',
    client: 'Account Name',
    due: 'Due Date',
    status: 'Status',
    closed: 'Closed Time',
    added: 'Created Time',
  },
}
