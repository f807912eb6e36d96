import type { Synonyms } from './synonyms.ts'

// Google Contacts as CSV, with the current headers and those before 2024.
export const google: Synonyms = {
  clients: {
    name: 'Organization Name, Organization 1 - Name',
    region: '~Address 1 - Region',
    note: 'Notes',
    email: 'E-mail 1 - Value',
    phone: 'Phone 1 - Value',
    website: 'Website 1 - Value',
    category: 'Labels, Group Membership',
    'first-name': 'First Name, Given Name',
    'last-name': 'Last Name, Family Name',
    role: 'Organization Title, Organization 1 - Title',
    street: 'Address 1 - Street',
    postcode: 'Address 1 - Postal Code',
    town: 'Address 1 - City',
    country: 'Address 1 - Country',
  },
}
