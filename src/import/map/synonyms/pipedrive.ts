import type { Synonyms } from './synonyms.ts'

// Its exports write `Deal - Title`; its lists, and its newer exports, write `Title` alone.
export const pipedrive: Synonyms = {
  clients: {
    ref: 'Organization - ID, ~Person - ID, ~ID',
    name: 'Organization - Name, Person - Organization, Organization, ~Name',
    owner: 'Organization - Owner, Person - Owner, ~Owner',
    source: 'Lead - Source, Lead - Source origin, ~Source origin, ~Source channel',
    region: `Organization - State/county of Address, Organization - Region of Address,
      State/county of Address, Region of Address`,
    size: 'Organization - Number of employees, Organization - Company size',
    note: 'Organization - Note, Person - Note',
    email:
      'Person - Email, Person - Email - Work, Person - Email - Home, Person - Email - Other, Email - Work, Email - Home',
    phone: `Person - Phone, Person - Phone - Work, Person - Phone - Mobile, Person - Phone - Home,
      Person - Phone - Other, Phone - Work, Phone - Mobile, Phone - Home, Organization - Phone`,
    website: 'Organization - Website, Organization - Web page',
    category: 'Organization - Label, Organization - Labels, Person - Label, Person - Labels',
    contact: 'Person - Name',
    'first-name': 'Person - First name',
    'last-name': 'Person - Last name',
    role: 'Person - Job title',
  },
  deals: {
    ref: 'Deal - ID, ~ID',
    client:
      'Deal - Organization, Organization - Name, Organization, ~Deal - Contact person, ~Person - Name',
    'client-ref': 'Organization - ID, Deal - Organization ID',
    title: 'Deal - Title, Lead - Title, Title',
    process: 'Deal - Pipeline, Pipeline',
    stage: 'Deal - Stage, Stage',
    outcome: 'Deal - Status, ~Status',
    opened: 'Deal - Deal created, Deal created, Deal - Add time, Add time, Deal - Created',
    closed: `Deal - Deal closed on, Deal closed on, Deal - Close time`,
    amount: 'Deal - Value, Deal - Deal value, Value',
    owner: 'Deal - Owner, Owner, ~Deal - Creator',
    source:
      'Deal - Source, Deal - Source channel, Source channel, ~Deal - Source origin, ~Source origin',
    reason: 'Deal - Lost reason, Lost reason',
    need: '~Deal - Product name',
    'expected-close': 'Deal - Expected close date, Expected close date',
    note: 'Deal - Note, Deal - Notes',
    currency: 'Deal - Currency, Currency, Deal - Currency of Value, Currency of Value',
    'won-on': 'Deal - Won time',
    'lost-on': 'Deal - Lost time',
  },
  interactions: {
    client: 'Activity - Organization, Organization - Name, Organization',
    contact: 'Activity - Contact person, Person - Name',
    deal: 'Deal - ID, Activity - Deal, Deal - Title',
    kind: 'Activity - Type',
    at: 'Activity - Due date, ~Activity - Marked as done time, ~Activity - Add time',
    owner: 'Activity - Assigned to user, Activity - Owner, Activity - Assigned to',
    text: 'Activity - Subject, Activity - Note, Activity - Public description',
  },
}
