import type { Synonyms } from './synonyms.ts'

// Its contacts as CSV. `Title` there is Mr. or Dr.; `Job Title` comes first as the role.
export const outlook: Synonyms = {
  clients: {
    name: 'Company',
    region: 'Business State, ~Home State, ~Other State',
    note: 'Notes',
    email: 'E-mail Address, E-mail 2 Address, E-mail 3 Address',
    phone: `Business Phone, Business Phone 2, Primary Phone, Company Main Phone, Mobile Phone,
      Home Phone, Home Phone 2, Other Phone, Car Phone, Radio Phone`,
    website: 'Web Page, Personal Web Page, Business Home Page',
    category: 'Categories',
    'first-name': 'First Name',
    'last-name': 'Last Name',
    role: 'Job Title',
    street: 'Business Street, ~Home Street, ~Other Street',
    postcode: 'Business Postal Code, ~Home Postal Code, ~Other Postal Code',
    town: 'Business City, ~Home City, ~Other City',
    country: `Business Country/Region, Business Country, ~Home Country/Region, ~Home Country,
      ~Other Country/Region, ~Other Country`,
  },
}
