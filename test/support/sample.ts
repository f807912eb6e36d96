import { copyFileSync, writeFileSync } from 'node:fs'
import { desk } from './funnel.ts'

/** Fills a folder with a book in which the examples of every command make sense, and with their files. */
export function makeSample(folder: string): void {
  const made = desk({ apart: true }, folder)
  made.ok('owner', 'add', 'Ann')
  made.ok('client', 'add', 'Harbour Foods', '--owner', 'Ann', '--email', 'office@harbour.example')
  const on = ['--on', '2026-10-01']
  made.ok('deal', 'add', 'harbour', 'Cold store generator', '--amount', '9000', ...on)
  made.ok('advance', '1', '--on', '2026-10-05')
  made.ok('advance', '1', '--on', '2026-10-08')
  made.ok('client', 'add', 'Habour Foods Ltd')
  made.ok('segment', 'add', 'North', '--where', 'region=North')
  made.ok('task', 'add', 'Send the price list', '--client', 'harbour', '--due', '2026-11-20')
  writeFileSync(made.file('clients.csv'), 'Name,Town,Fax,Account Owner\nPier Nine,Bonn,1,Bo\n')
  writeFileSync(
    made.file('deals.csv'),
    'Id,Client,Title,Status,Amount,Created,Closed,Owner\n' +
      'D1,Pier Nine,Winch,Sold,900,13/02/2026,28/02/2026,Bo\n',
  )
  writeFileSync(made.file('history.csv'), 'Deal,Stage,Date\nD1,Proposal,2026-02-13\n')
  writeFileSync(made.file('calls.csv'), 'Client,Date,Text\nHarbour Foods,2026-02-13,call me\n')
  writeFileSync(made.file('products.csv'), 'Code,Name,Unit Price\nCR-20,Cold room,1249.99\n')
  writeFileSync(
    made.file('prices.csv'),
    'Product,Price List,Min Quantity,Price\nCold room,Wholesale,10,1099.50\n',
  )
  writeFileSync(made.file('goals.csv'), 'Measure,Target,Every\nwon-deals,5,month\n')
  writeFileSync(
    made.file('invoices.csv'),
    'Invoice Number,Customer,Invoice Date,Total\n2026-0007,Harbour Foods,2026-09-01,1190\n',
  )
  writeFileSync(
    made.file('payments.csv'),
    'Customer,Payment Date,Amount,Invoice\nHarbour Foods,2026-09-20,500,2026-0007\n',
  )
  writeFileSync(made.file('eurofxref-hist.csv'), 'Date, USD, JPY, \n2026-11-20, 1.10, 162.5, \n')
  writeFileSync(made.file('company.json'), '{"company": {"name": "Harbour Cooling"}}')
  writeFileSync(
    made.file('processes.json'),
    JSON.stringify({
      processes: [
        { name: 'Service', stages: [{ stage: 'Visit', who: 'Bo' }, { stage: 'Offer' }] },
        { name: 'free', asks_need: true },
      ],
    }),
  )
  writeFileSync(
    made.file('my.html'),
    '<h1>{{ title }}</h1>{% for line in lines %}<p>{{ line.name }}: {{ line.net }}</p>{% endfor %}' +
      '{% for sum in sums %}<p>{{ sum.label }}: {{ sum.value }}</p>{% endfor %}\n',
  )
  writeFileSync(made.file('rates.csv'), 'date,currency,rate\n2026-11-20,USD,1.10\n')
  writeFileSync(
    made.file('bookings.csv'),
    'Date,Amount,Buchungstext\n2026-11-02,1190,RG 2026-0042\n2026-11-03,-3.50,Fee\n2026-11-04,-900,Rent\n',
  )
  writeFileSync(
    made.file('statement.sta'),
    ':20:1\n:25:532013000\n:28C:1\n:60F:C261102EUR1,\n:61:261102C5,NTRF\n:62F:C261102EUR6,\n-\n',
  )
  copyFileSync('fixtures/bank/november.camt053.xml', made.file('statement.xml'))
  writeFileSync(
    made.file('lines.csv'),
    'Deal,Client,Product,Quantity,Price\nCold store generator,Harbour Foods,Winch,2,90\n',
  )
  writeFileSync(
    made.file('offer.csv'),
    'Text,Quantity,Unit price,Optional,If\nCold room,3,1249.99,,\nTransport,1,400,yes,region=North\n',
  )
  writeFileSync(
    made.file('tasks.csv'),
    'Task,Due,Client\nSend the offer,2026-02-13,Harbour Foods\n',
  )
}

/** What must have happened before a command's examples. */
const SAVED = ['import', 'clients', 'clients.csv', '--create', 'all', '--save-profile', 'fair']
const KEPT = ['report', 'save', 'monthly', '--', 'closed', '--period', 'last-month']
const SOLD = [
  ['product', 'add', 'Cold room', '--code', 'CR-20', '--price', '1249.99', '--tax', '19%'],
  ['product', 'add', 'Installation', '--price', '90', '--unit', 'h'],
]
const PRICED = [...SOLD, ['product', 'price', 'add', 'CR-20', '1199', '--from', '10']]
const TAXED = [
  ['tax', 'add', 'Standard', '19%'],
  ['tax', 'add', 'Reduced', '7%'],
]
const AGREED = [
  ['terms', 'add', '30 days', '--days', '30'],
  ['terms', 'add', 'Wholesale', '--days', '30', '--end-of-month'],
]
const BANKED = [['bank', 'account', 'add', 'House bank', '--iban', 'DE89370400440532013000']]
const BOOKED = [...BANKED, ['bank', 'import', 'bookings.csv']]
const LINED = [
  ...SOLD,
  ['deal', 'line', 'add', '1', 'CR-20'],
  ['deal', 'line', 'add', '1', '--text', 'Transport', '--price', '400', '--optional'],
]
const OFFERED = [...LINED, ['proposal', 'make', '1'], ['proposal', 'make', '1', '--valid', '60d']]
const DRAFTED = [
  ...SOLD,
  ['company', 'set', '--name', 'Harbour Cooling', '--street', 'Kai 5', '--postcode', '20457'],
  ['company', 'set', '--town', 'Hamburg', '--country', 'DE', '--tax-number', '27/123/45678'],
  ...BANKED,
  ['client', 'edit', '1', '--street', 'Weg 1', '--town', 'Bonn', '--country', 'DE'],
  ['invoice', 'add', '1', '--line', '2 h Consulting @ 90', '--line', 'Travel @ 95 +19%'],
]
const ISSUED = [...DRAFTED, ['invoice', 'issue', 'd1', '--on', '2026-10-01']]
const SENT = [...ISSUED, ['invoice', 'send', '2026-0001', '--out', 'invoice.pdf']]
const MATCHED = [...ISSUED, ['bank', 'import', 'bookings.csv']]
const PAID = [...ISSUED, ['payment', 'add', '1', '500', '--on', '2026-11-05']]
const REPEATED = [...ISSUED, ['invoice', 'repeat', 'add', '2026-0001', '--every', 'month']]
const LETTERHEAD = [['template', 'add', 'my.html', '--kind', 'invoice', '--name', 'letterhead']]
const PROMISED = [...ISSUED, ['promise', 'add', '2026-0001', '--for', '+1w']]
export const BEFORE: Record<string, string[][]> = {
  'property edit': [
    ['client', 'edit', 'harbour', '--property', 'Fleet=12', '--property', 'Colour=red'],
  ],
  'goal drop': [['goal', 'set', 'won-amount', '30000', '--every', 'month']],
  'rate drop': [
    ['rate', 'add', 'USD', '1.10', '--on', '2026-11-20'],
    ['rate', 'add', 'USD', '1.05', '--on', '2025-06-20'],
  ],
  'holiday drop': [['holiday', 'add', '2026-12-25', 'Christmas']],
  'tax edit': TAXED,
  'tax drop': TAXED,
  'terms edit': AGREED,
  'terms drop': AGREED,
  'bank account edit': BANKED,
  'bank account drop': BANKED,
  'bank import': BANKED,
  'export bookings': BOOKED,
  'bank list': BOOKED,
  'bank show': BOOKED,
  'bank ignore': BOOKED,
  'bank match': MATCHED,
  'bank assign': MATCHED,
  'bank unignore': [...BOOKED, ['bank', 'ignore', '1', '--reason', 'rent']],
  'export prices': PRICED,
  'product list': SOLD,
  'product show': PRICED,
  'product edit': SOLD,
  'product price list': PRICED,
  'product price add': SOLD,
  'product price drop': PRICED,
  'deal edit': [
    ['client', 'edit', 'harbour', '--contact', 'Mai Brandt'],
    ['deal', 'edit', '1', '--tag', 'expo'],
  ],
  'deal line add': LINED,
  'deal line list': LINED,
  'deal line edit': LINED,
  'deal line drop': LINED,
  'contact edit': [['contact', 'add', 'harbour', 'Kai Lund']],
  'contact drop': [['contact', 'add', 'harbour', 'Kai Lund']],
  'interaction edit': [['log', 'call', 'harbour', 'wants an offer']],
  'interaction delete': [['log', 'call', 'harbour', 'wants an offer']],
  'owner hand-over': [['owner', 'add', 'Bo']],
  'owner merge': [['owner', 'add', 'Bo']],
  'export invoices': ISSUED,
  'export payments': PAID,
  'export journal': PAID,
  'export 1c': PAID,
  'import history': [['import', 'deals', 'deals.csv', '--create', 'all', '--won', 'Sold']],
  'profile list': [SAVED],
  'profile show': [SAVED],
  'profile export': [SAVED],
  'profile delete': [SAVED],
  'report list': [KEPT],
  'report run': [KEPT],
  'report delete': [KEPT],
  'invoice edit': DRAFTED,
  'invoice line add': DRAFTED,
  'invoice line edit': DRAFTED,
  'invoice line drop': DRAFTED,
  'invoice check': [...ISSUED, ['invoice', 'add', '1', '--line', 'Travel @ 30']],
  'invoice issue': DRAFTED,
  'invoice delete': DRAFTED,
  'invoice list': ISSUED,
  'invoice show': [...ISSUED, ['invoice', 'add', '1', '--line', 'Travel @ 30']],
  'invoice credit': ISSUED.map((line) => line.map((word) => word.replace(' +19%', ''))),
  'invoice void': ISSUED,
  'invoice write-off': ISSUED,
  'invoice hold': ISSUED,
  'invoice release': [...ISSUED, ['invoice', 'hold', '2026-0001']],
  'invoice make': [...ISSUED, ['invoice', 'add', '1', '--line', 'Travel @ 30 +19%']],
  'invoice send': ISSUED,
  'invoice repeat add': ISSUED,
  'invoice repeat list': REPEATED,
  'invoice repeat run': REPEATED,
  'invoice repeat stop': REPEATED,
  remind: ISSUED,
  'reminder list': [...ISSUED, ['remind', '--out', 'letters']],
  'promise add': ISSUED,
  'template show': LETTERHEAD,
  'template check': [...ISSUED, ...LETTERHEAD],
  'template edit': LETTERHEAD,
  'template drop': LETTERHEAD,
  'promise list': PROMISED,
  'promise delete': PROMISED,
  'proposal list': OFFERED,
  'export proposals': OFFERED,
  'report proposals': OFFERED,
  'proposal show': OFFERED,
  'proposal diff': OFFERED,
  'proposal send': OFFERED,
  'proposal accept': OFFERED,
  'proposal decline': OFFERED,
  'document list': SENT,
  'document show': SENT,
  'payment add': [...ISSUED, ['invoice', 'add', '1', '--line', 'Travel @ 30']],
  'payment list': PAID,
  'payment allocate': PAID,
  'payment refund': PAID,
  'payment delete': PAID,
  'report receivables': PAID,
  'report payers': PAID,
  'report tax': PAID,
  'report statement': PAID,
  'report cash': PAID,
  reopen: [['win', '1']],
  restore: [['backup', 'backup.db']],
  'standard list': [['standard', 'set', 'A', '14']],
  undo: [
    ['undo', '5'],
    ['undo', '4'],
  ],
}

/** Splits an example as a shell does, as far as examples go. */
export function words(example: string): string[] {
  return [...example.matchAll(/"([^"]*)"|(\S+)/g)].map((match) => match[1] ?? match[2] ?? '')
}

/** Sends a mail that stays in the outbox: nobody listens there. */
export const FAILING = {
  args: ['snapshot', '--mail-to', 'ann@example.com'],
  env: { FUNNEL_SMTP_URL: 'smtp://127.0.0.1:9?timeout=1' },
}
