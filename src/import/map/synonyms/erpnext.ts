import type { Synonyms } from './synonyms.ts'

// Labels and names of the fields of ERPNext. `Company` there is the seller's own.
export const erpnext: Synonyms = {
  clients: {
    name: 'Customer Name, Customer, Lead Name, Organization Name',
    source: 'Source, Lead Source, UTM Source',
    region: 'Territory',
    owner: 'Account Manager, Lead Owner',
    category: 'Customer Group',
    size: 'No of Employees',
  },
  deals: {
    ref: '~ID',
    client: 'Party Name, Customer / Lead Name, Customer Name, Party',
    title: 'Title',
    stage: 'Sales Stage',
    outcome: '~Status',
    opened: 'Transaction Date, Opportunity Date, ~Creation',
    'expected-close': 'Expected Closing, Expected Closing Date',
    amount: 'Opportunity Amount',
    owner: 'Opportunity Owner',
    source: 'Source, UTM Source',
    reason: 'Lost Reasons, Lost Reason, ~Detailed Reason, ~Order Lost Reason',
    currency: 'Currency',
  },
}
