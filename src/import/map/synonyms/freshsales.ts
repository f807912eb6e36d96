import type { Synonyms } from './synonyms.ts'

// The exports of Freshsales. `Expected deal value` there is the value times its probability.
export const freshsales: Synonyms = {
  clients: {
    name: 'Account name, Account, ~Name',
    owner: 'Sales owner',
    source: 'Source, Lead source',
    category: 'Tags',
    size: 'Number of employees',
  },
  deals: {
    ref: '~Id, Deal id',
    client: 'Account, Account name, Sales account, ~Related contacts, ~Primary contact',
    title: 'Deal name',
    process: 'Deal pipeline, Pipeline',
    stage: 'Deal stage, Stage',
    opened: 'Created at, Created time',
    closed: 'Closed date, Closed at, Actual close date',
    'expected-close': 'Expected close date, Expected close',
    amount: 'Deal value, Amount',
    owner: 'Sales owner, Sales owner name',
    source: 'Source, Deal source, ~Campaign',
    reason: 'Lost reason, Deal reason, Reason for losing',
    tag: 'Tags',
    need: '~Product, ~Products',
    currency: 'Currency, Deal currency',
  },
}
