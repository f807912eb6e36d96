import type { Synonyms } from './synonyms.ts'

// The exports of Microsoft Dynamics 365 Sales.
export const dynamics: Synonyms = {
  clients: {
    ref: '(Do Not Modify) Account, Account Number, ~(Do Not Modify) Contact, ~(Do Not Modify) Lead',
    name: 'Account Name, Company Name',
    contact: 'Full Name, Primary Contact',
    phone: 'Main Phone, Business Phone, Mobile Phone',
    owner: 'Owner',
    region: 'Address 1: State/Province',
    size: 'No. of Employees',
    street: 'Address 1: Street 1',
    postcode: 'Address 1: ZIP/Postal Code',
    town: 'Address 1: City',
    country: 'Address 1: Country/Region',
    delivery: `Address 2: Street 1, Address 2: ZIP/Postal Code, Address 2: City,
      Address 2: Country/Region`,
  },
  deals: {
    ref: '(Do Not Modify) Opportunity, Opportunity Number',
    client: 'Potential Customer, Account, ~Parent Account, ~Contact',
    title: 'Topic',
    process: 'Process',
    stage: 'Pipeline Phase, Sales Stage, ~Process Stage',
    outcome: '~Status',
    opened: 'Created On',
    closed: 'Actual Close Date, Close Date',
    'expected-close': 'Est. Close Date, Estimated Close Date',
    amount: 'Est. Revenue, Estimated Revenue, ~Budget Amount',
    'won-amount': 'Actual Revenue',
    owner: 'Owner',
    source: 'Source, Lead Source',
    note: 'Description',
    need: 'Customer Need, ~Proposed Solution',
    currency: 'Currency, Transaction Currency',
  },
}
