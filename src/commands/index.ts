import type { CommandEntry, CommandSpec } from '../cli/command.ts'
import { type ReportEntry, reports } from '../reports/index.ts'

type Loader = () => Promise<{ default: CommandSpec }>

function entry(group: string, path: string, summary: string, load: Loader): CommandEntry {
  return { group, path, summary, load: async () => (await load()).default }
}

/** A dictionary's commands, which are alike. */
function dictionary(
  noun: string,
  one: string,
  all: string,
  load: () => Promise<Record<'list' | 'show' | 'add' | 'edit' | 'merge', CommandSpec>>,
): CommandEntry[] {
  const summaries = {
    list: `list the ${all}`,
    show: `show ${one}`,
    add: `add ${one}`,
    edit: `rename or retire ${one}`,
    merge: `make one of two ${all}`,
  }
  return (['list', 'show', 'add', 'edit', 'merge'] as const).map((verb) => ({
    group: 'Sales settings:',
    path: `${noun} ${verb}`,
    summary: summaries[verb],
    load: async () => (await load())[verb],
  }))
}

/** Commands that one file declares by their verbs. */
function verbs<V extends string>(
  group: string,
  noun: string,
  summaries: Record<V, string>,
  load: () => Promise<Record<V, CommandSpec>>,
): CommandEntry[] {
  return (Object.entries(summaries) as [V, string][]).map(([verb, summary]) => ({
    group,
    path: `${noun} ${verb}`,
    summary,
    load: async () => (await load())[verb],
  }))
}

/** The command of a declared report. */
function reportEntry({ name, summary, load }: ReportEntry): CommandEntry {
  return {
    group: FIGURES,
    path: `report ${name}`,
    summary,
    async load() {
      const [spec, { reportCommand }] = await Promise.all([load(), import('./report/command.ts')])
      return reportCommand(spec)
    },
  }
}

const DAY = 'Every day:'
const RECORDS = 'Records:'
const FIGURES = 'Figures:'
const OFFERS = 'Proposals:'
const MONEY = 'Invoices and payments:'
const BOOK = 'The book:'

/** Every command of the program, in the order of the help: one list, however long, as its order is what it says. */
export const commands: readonly CommandEntry[] = [
  entry(BOOK, 'init', 'create a book', () => import('./init.ts')),
  entry(BOOK, 'demo', 'try everything on a sample book', () => import('./demo/index.ts')),

  entry(DAY, 'calendar', 'a day or a week by the hour', () => import('./calendar.ts')),
  entry(DAY, 'today', 'what needs doing, most urgent first', () => import('./today.ts')),
  entry(DAY, 'log', 'log a call, e-mail, meeting or message', () => import('./log.ts')),
  entry(DAY, 'find', 'search all records for words', () => import('./find.ts')),
  entry(DAY, 'advance', 'move a deal to its next stage', () => import('./advance.ts')),
  entry(DAY, 'move', 'move a deal to a stage', () => import('./move.ts')),
  entry(DAY, 'win', 'close a deal as won', () => import('./win.ts')),
  entry(DAY, 'lose', 'close a deal as lost', () => import('./lose.ts')),
  entry(DAY, 'reopen', 'reopen a closed deal', () => import('./reopen.ts')),

  entry(
    RECORDS,
    'import clients',
    'import a spreadsheet of clients',
    () => import('./import/clients.ts'),
  ),
  entry(
    RECORDS,
    'import deals',
    'import a spreadsheet of deals',
    () => import('./import/deals.ts'),
  ),
  entry(
    RECORDS,
    'import history',
    'import the stages that deals went through',
    () => import('./import/history.ts'),
  ),
  entry(
    RECORDS,
    'import interactions',
    'import calls, e-mails and meetings',
    () => import('./import/interactions.ts'),
  ),
  entry(RECORDS, 'import tasks', 'import tasks', () => import('./import/tasks.ts')),
  entry(
    RECORDS,
    'import products',
    'import a spreadsheet of products',
    () => import('./import/products.ts'),
  ),
  entry(RECORDS, 'import prices', 'import price lists', () => import('./import/prices.ts')),
  entry(
    RECORDS,
    'import company',
    'import your company and its taxes, terms and accounts',
    () => import('./import/company.ts'),
  ),
  entry(
    RECORDS,
    'import processes',
    'import processes and their stages',
    () => import('./import/processes.ts'),
  ),
  entry(RECORDS, 'import rates', 'import exchange rates', () => import('./import/rates.ts')),
  entry(RECORDS, 'import goals', 'import goals', () => import('./import/goals.ts')),
  entry(RECORDS, 'import invoices', 'import invoices', () => import('./import/invoices.ts')),
  entry(RECORDS, 'import payments', 'import payments', () => import('./import/payments.ts')),
  entry(RECORDS, 'import lines', 'import lines of deals', () => import('./import/lines.ts')),
  entry(
    RECORDS,
    'export clients',
    'export clients to a file that other programs can read',
    () => import('./export/clients.ts'),
  ),
  entry(
    RECORDS,
    'export deals',
    'export deals to a file that other programs can read',
    () => import('./export/deals.ts'),
  ),
  entry(
    RECORDS,
    'export history',
    'export what happened to deals',
    () => import('./export/history.ts'),
  ),
  entry(
    RECORDS,
    'export interactions',
    'export calls, e-mails and meetings',
    () => import('./export/interactions.ts'),
  ),
  entry(RECORDS, 'export tasks', 'export tasks', () => import('./export/tasks.ts')),
  entry(RECORDS, 'export products', 'export products', () => import('./export/products.ts')),
  entry(RECORDS, 'export prices', 'export price lists', () => import('./export/prices.ts')),
  entry(
    RECORDS,
    'export company',
    'export your company and its taxes, terms and accounts',
    () => import('./export/company.ts'),
  ),
  entry(
    RECORDS,
    'export processes',
    'export processes and their stages',
    () => import('./export/processes.ts'),
  ),
  entry(RECORDS, 'export rates', 'export exchange rates', () => import('./export/rates.ts')),
  entry(RECORDS, 'export goals', 'export goals', () => import('./export/goals.ts')),
  entry(
    RECORDS,
    'export bookings',
    'export the bookings of your bank accounts',
    () => import('./export/bookings.ts'),
  ),
  entry(RECORDS, 'export invoices', 'export invoices', () => import('./export/invoices.ts')),
  entry(RECORDS, 'export proposals', 'export proposals', () => import('./export/proposals.ts')),
  entry(RECORDS, 'export payments', 'export payments', () => import('./export/payments.ts')),
  entry(
    RECORDS,
    'export journal',
    'export invoices and payments as entries for bookkeeping',
    () => import('./export/journal.ts'),
  ),
  entry(
    RECORDS,
    'export 1c',
    'export payments, invoices and clients for 1C',
    () => import('./export/one-c.ts'),
  ),
  entry(RECORDS, 'export lines', 'export lines of deals', () => import('./export/lines.ts')),
  entry(RECORDS, 'export report', 'export a report', () => import('./export/report.ts')),
  entry(RECORDS, 'client list', 'list clients', () => import('./client/list.ts')),
  entry(RECORDS, 'client show', 'show a client', () => import('./client/show.ts')),
  entry(RECORDS, 'client add', 'add a client', () => import('./client/add.ts')),
  entry(RECORDS, 'client edit', 'change a client', () => import('./client/edit.ts')),
  entry(
    RECORDS,
    'client duplicates',
    'list clients that may be duplicates',
    () => import('./client/duplicates.ts'),
  ),
  entry(
    RECORDS,
    'client merge',
    'merge one client into another',
    () => import('./client/merge.ts'),
  ),
  entry(
    RECORDS,
    'client erase',
    'remove a person’s data for good',
    () => import('./client/erase.ts'),
  ),
  entry(RECORDS, 'contact list', 'list the people at clients', () => import('./contact/list.ts')),
  entry(RECORDS, 'contact add', 'add a person to a client', () => import('./contact/add.ts')),
  entry(RECORDS, 'contact edit', 'rename a person', () => import('./contact/edit.ts')),
  entry(RECORDS, 'contact drop', 'take a person off a client', () => import('./contact/drop.ts')),
  entry(RECORDS, 'segment list', 'list segments', () => import('./segment/list.ts')),
  entry(
    RECORDS,
    'segment show',
    'show a segment and its clients',
    () => import('./segment/show.ts'),
  ),
  entry(
    RECORDS,
    'segment add',
    'save conditions on clients as a segment',
    () => import('./segment/add.ts'),
  ),
  entry(
    RECORDS,
    'segment edit',
    'rename a segment, or change its conditions',
    () => import('./segment/edit.ts'),
  ),
  entry(
    RECORDS,
    'segment delete',
    'delete a segment; its clients stay',
    () => import('./segment/delete.ts'),
  ),
  entry(RECORDS, 'deal list', 'list deals', () => import('./deal/list.ts')),
  entry(RECORDS, 'deal show', 'show a deal and its history', () => import('./deal/show.ts')),
  entry(RECORDS, 'deal add', 'open a deal', () => import('./deal/add.ts')),
  entry(RECORDS, 'deal edit', 'change a deal', () => import('./deal/edit.ts')),
  entry(RECORDS, 'deal line list', 'list the lines of a deal', () => import('./deal/line/list.ts')),
  entry(RECORDS, 'deal line add', 'add a line to a deal', () => import('./deal/line/add.ts')),
  entry(
    RECORDS,
    'deal line edit',
    'change a line, or choose an option',
    () => import('./deal/line/edit.ts'),
  ),
  entry(RECORDS, 'deal line drop', 'drop a line of a deal', () => import('./deal/line/drop.ts')),
  entry(
    RECORDS,
    'deal delete',
    'remove a deal entered by mistake',
    () => import('./deal/delete.ts'),
  ),
  ...verbs(
    RECORDS,
    'product',
    {
      list: 'list what you sell',
      show: 'show a product and its prices',
      add: 'add a product',
      edit: 'change or retire a product',
    },
    () => import('./product/index.ts'),
  ),
  ...verbs(
    RECORDS,
    'product price',
    {
      list: 'list prices by quantity, price list and day',
      add: 'add a price by quantity, price list and day',
      drop: 'drop such a price',
    },
    () => import('./product/price/index.ts'),
  ),
  entry(
    RECORDS,
    'interaction list',
    'list calls, e-mails, meetings and notes',
    () => import('./interaction/list.ts'),
  ),
  entry(RECORDS, 'task list', 'list tasks', () => import('./task/list.ts')),
  entry(RECORDS, 'task add', 'add a task', () => import('./task/add.ts')),
  entry(RECORDS, 'task edit', 'change a task', () => import('./task/edit.ts')),
  entry(RECORDS, 'task done', 'mark a task as done', () => import('./task/done.ts')),
  entry(
    RECORDS,
    'task postpone',
    'move a task to another day or time',
    () => import('./task/postpone.ts'),
  ),
  entry(RECORDS, 'task drop', 'drop a task that will not be done', () => import('./task/drop.ts')),
  entry(RECORDS, 'task delete', 'remove a task added by mistake', () => import('./task/delete.ts')),
  entry(
    RECORDS,
    'interaction edit',
    'correct what was logged',
    () => import('./interaction/edit.ts'),
  ),
  entry(
    RECORDS,
    'interaction delete',
    'remove what was logged by mistake',
    () => import('./interaction/delete.ts'),
  ),

  entry(OFFERS, 'proposal make', 'make a proposal of a deal', () => import('./proposal/make.ts')),
  entry(OFFERS, 'proposal list', 'list proposals', () => import('./proposal/list.ts')),
  entry(
    OFFERS,
    'proposal show',
    'show a proposal with its lines and versions',
    () => import('./proposal/show.ts'),
  ),
  entry(
    OFFERS,
    'proposal diff',
    'what changed from one version to another',
    () => import('./proposal/diff.ts'),
  ),
  entry(OFFERS, 'proposal send', 'mail proposals', () => import('./proposal/send.ts')),
  entry(
    OFFERS,
    'proposal accept',
    'the client takes it: the deal follows, the invoice is drafted',
    () => import('./proposal/accept.ts'),
  ),
  entry(
    OFFERS,
    'proposal decline',
    'the client does not take it',
    () => import('./proposal/decline.ts'),
  ),

  entry(MONEY, 'invoice add', 'make a draft of an invoice', () => import('./invoice/add.ts')),
  entry(MONEY, 'invoice edit', 'change a draft', () => import('./invoice/edit.ts')),
  entry(MONEY, 'invoice line add', 'add a line to a draft', () => import('./invoice/line/add.ts')),
  entry(
    MONEY,
    'invoice line edit',
    'change a line of a draft',
    () => import('./invoice/line/edit.ts'),
  ),
  entry(
    MONEY,
    'invoice line drop',
    'drop a line of a draft',
    () => import('./invoice/line/drop.ts'),
  ),
  entry(
    MONEY,
    'invoice check',
    'say what an invoice lacks as an e-invoice',
    () => import('./invoice/check.ts'),
  ),
  entry(MONEY, 'invoice issue', 'give a draft its number', () => import('./invoice/issue.ts')),
  entry(
    MONEY,
    'invoice make',
    'make a PDF or another file of an invoice',
    () => import('./invoice/make.ts'),
  ),
  entry(MONEY, 'invoice send', 'mail an invoice', () => import('./invoice/send.ts')),
  ...verbs(
    MONEY,
    'invoice repeat',
    {
      add: 'make an invoice again at regular intervals',
      list: 'list repeated invoices',
      run: 'make the drafts that are due',
      stop: 'stop repeating an invoice',
    },
    () => import('./invoice/repeat.ts'),
  ),
  entry(MONEY, 'invoice list', 'list invoices and credit notes', () => import('./invoice/list.ts')),
  entry(MONEY, 'invoice show', 'show an invoice', () => import('./invoice/show.ts')),
  entry(
    MONEY,
    'invoice credit',
    'issue a credit note on an invoice',
    () => import('./invoice/credit.ts'),
  ),
  entry(
    MONEY,
    'invoice void',
    'void an invoice issued by mistake',
    () => import('./invoice/void.ts'),
  ),
  entry(
    MONEY,
    'invoice write-off',
    'settle what will not be paid',
    () => import('./invoice/write-off.ts'),
  ),
  ...verbs(
    MONEY,
    'invoice',
    { hold: 'keep an invoice from being followed up', release: 'follow an invoice up again' },
    () => import('./invoice/hold.ts'),
  ),
  entry(MONEY, 'invoice delete', 'delete a draft', () => import('./invoice/delete.ts')),
  entry(MONEY, 'remind', 'remind clients of late invoices', () => import('./remind.ts')),
  entry(MONEY, 'letter make', 'write a letter to a client', () => import('./letter/make.ts')),
  ...verbs(
    MONEY,
    'template',
    {
      list: 'list your templates of documents',
      add: 'add a template: HTML, DOCX or ODT',
      show: 'write a template as a file, built-in ones too',
      check: 'try a template out before anything is written with it',
      edit: 'change a template, or make it the default one',
      drop: 'remove a template',
      fields: 'list what templates can fill in',
      text: 'show or change what documents say, in each language',
    },
    () => import('./template/index.ts'),
  ),
  ...verbs(
    MONEY,
    'reminder',
    { list: 'list the reminders that were sent', text: 'show or change what reminders say' },
    () => import('./reminder/index.ts'),
  ),
  ...verbs(
    MONEY,
    'promise',
    {
      add: 'note that an invoice will be paid by a day',
      list: 'list promises and how they stand',
      delete: 'remove a promise entered by mistake',
    },
    () => import('./promise/index.ts'),
  ),
  ...verbs(
    MONEY,
    'document',
    { list: 'list the files that were sent', show: 'show or save a file that was sent' },
    () => import('./document/index.ts'),
  ),
  entry(MONEY, 'payment add', 'enter money from a client', () => import('./payment/add.ts')),
  entry(MONEY, 'payment list', 'list payments', () => import('./payment/list.ts')),
  entry(
    MONEY,
    'payment allocate',
    'use a payment or a credit note for invoices',
    () => import('./payment/allocate.ts'),
  ),
  entry(
    MONEY,
    'payment refund',
    'give money back to a client',
    () => import('./payment/refund.ts'),
  ),
  entry(
    MONEY,
    'payment delete',
    'remove a payment entered by mistake',
    () => import('./payment/delete.ts'),
  ),

  ...reports.map(reportEntry),
  entry(
    FIGURES,
    'report goals',
    'how far goals have come, and the chance to reach them',
    () => import('./report/goals.ts'),
  ),
  entry(
    FIGURES,
    'report cash',
    'what money comes in, week by week',
    () => import('./report/cash.ts'),
  ),
  entry(
    FIGURES,
    'report statement',
    'the account of a client, line by line',
    () => import('./report/statement.ts'),
  ),
  ...verbs(
    FIGURES,
    'goal',
    {
      set: 'set what is to be reached in a period',
      list: 'list the goals',
      drop: 'remove a goal',
    },
    () => import('./goal/index.ts'),
  ),
  entry(FIGURES, 'report save', 'save a report under a name', () => import('./report/save.ts')),
  entry(FIGURES, 'report run', 'run a saved report', () => import('./report/run.ts')),
  entry(FIGURES, 'report list', 'list saved reports', () => import('./report/list.ts')),
  entry(FIGURES, 'report delete', 'delete a saved report', () => import('./report/delete.ts')),
  entry(
    FIGURES,
    'forecast',
    'what will come in, and how certain it is',
    () => import('./forecast.ts'),
  ),
  entry(
    FIGURES,
    'snapshot',
    'the weekly page: text, Markdown, HTML, mail',
    () => import('./snapshot.ts'),
  ),
  entry(
    FIGURES,
    'check',
    'exit with 1 when a threshold is not met, for CI and cron',
    () => import('./check.ts'),
  ),
  entry(FIGURES, 'plan', 'what it takes to reach a target', () => import('./plan.ts')),

  entry('Sales settings:', 'process list', 'list the processes', () => import('./process/list.ts')),
  entry(
    'Sales settings:',
    'process show',
    'show a process and its stages',
    () => import('./process/show.ts'),
  ),
  entry('Sales settings:', 'process add', 'add a process', () => import('./process/add.ts')),
  entry(
    'Sales settings:',
    'process edit',
    'rename, retire or reorder a process',
    () => import('./process/edit.ts'),
  ),
  ...dictionary('stage', 'a sales stage', 'sales stages', () => import('./stage.ts')),
  ...dictionary('reason', 'a reason for losing', 'reasons for losing', () => import('./reason.ts')),
  ...dictionary('owner', 'a salesperson', 'salespeople', () => import('./owner.ts')),
  {
    group: 'Sales settings:',
    path: 'owner hand-over',
    summary: 'give what one salesperson has to another',
    load: async () => (await import('./owner.ts')).handOverCommand,
  },
  ...dictionary('source', 'a source of clients', 'sources of clients', () => import('./source.ts')),
  ...verbs(
    'Sales settings:',
    'property',
    {
      list: 'list the fields of your own',
      edit: 'rename a field of your own, or say what it holds',
    },
    () => import('./property.ts'),
  ),
  ...(['list', 'set'] as const).map((verb) => ({
    group: 'Sales settings:',
    path: `standard ${verb}`,
    summary: {
      list: 'list the contact standards',
      set: 'set how often clients of a rating must hear from us',
    }[verb],
    load: async () => (await import('./standard.ts'))[verb],
  })),

  ...verbs(
    'Sales settings:',
    'holiday',
    {
      add: 'add days on which nobody works',
      list: 'list the holidays',
      drop: 'make a holiday a working day again',
    },
    () => import('./holiday.ts'),
  ),
  ...verbs(
    'Sales settings:',
    'rate',
    {
      add: 'add the exchange rate of a day',
      list: 'list exchange rates',
      drop: 'remove exchange rates',
      apply: 'give deals closed without a rate that of their day',
    },
    () => import('./rate/index.ts'),
  ),
  ...verbs(
    'Your company:',
    'company',
    { set: 'set your name, address, tax numbers and logo', show: 'show what papers say of you' },
    () => import('./company/index.ts'),
  ),
  ...verbs(
    'Your company:',
    'tax',
    {
      list: 'list the taxes you charge',
      add: 'add a tax',
      edit: 'change a tax',
      drop: 'remove a tax that nothing has',
    },
    () => import('./tax/index.ts'),
  ),
  ...verbs(
    'Your company:',
    'terms',
    {
      list: 'list terms of payment',
      add: 'add terms of payment',
      edit: 'change terms of payment',
      drop: 'remove terms that no client has',
    },
    () => import('./terms/index.ts'),
  ),
  ...verbs(
    'Your company:',
    'bank account',
    {
      list: 'list the accounts that clients pay to',
      add: 'add an account',
      edit: 'change an account',
      drop: 'remove an account',
    },
    () => import('./bank/account.ts'),
  ),
  entry(
    'Your company:',
    'bank import',
    'import statements of an account: CAMT, MT940, OFX, 1C, CSV …',
    () => import('./bank/import.ts'),
  ),
  entry(
    'Your company:',
    'bank list',
    'list the bookings of your accounts',
    () => import('./bank/list.ts'),
  ),
  entry(
    'Your company:',
    'bank match',
    'match bookings with the invoices that they pay',
    () => import('./bank/match.ts'),
  ),
  entry(
    'Your company:',
    'bank assign',
    'say what a booking pays',
    () => import('./bank/assign.ts'),
  ),
  entry('Your company:', 'bank show', 'everything about a booking', () => import('./bank/show.ts')),
  ...verbs(
    'Your company:',
    'bank',
    {
      ignore: 'set aside bookings that are not payments from clients',
      unignore: 'reopen bookings that were ignored',
    },
    () => import('./bank/set-aside.ts'),
  ),
  ...(['list', 'get', 'set'] as const).map((verb) => ({
    group: 'Sales settings:',
    path: `settings ${verb}`,
    summary: {
      list: 'list the settings of the book',
      get: 'print the value of a setting',
      set: 'change a setting: targets, margin, time zone …',
    }[verb],
    load: async () => (await import('./settings.ts'))[verb],
  })),

  entry(BOOK, 'undo', 'take back the last command, or a given one', () => import('./undo.ts')),
  entry(BOOK, 'history', 'list what was done to the book', () => import('./history.ts')),
  entry(
    BOOK,
    'profile list',
    'list profiles: how files of one kind are read',
    () => import('./profile/list.ts'),
  ),
  entry(BOOK, 'profile show', 'show a profile', () => import('./profile/show.ts')),
  entry(BOOK, 'profile export', 'write a profile as JSON', () => import('./profile/export.ts')),
  entry(BOOK, 'profile delete', 'delete a profile', () => import('./profile/delete.ts')),
  entry(
    BOOK,
    'completion',
    'let the shell complete commands and names',
    () => import('./completion.ts'),
  ),
  entry(
    BOOK,
    'schedule',
    'let cron or systemd run snapshot, today, backup or check',
    () => import('./schedule/index.ts'),
  ),
  ...(['list', 'send', 'drop'] as const).map((verb) => ({
    group: BOOK,
    path: `outbox ${verb}`,
    summary: {
      list: 'list the mails waiting to be sent',
      send: 'send the waiting mails',
      drop: 'remove a mail from the outbox',
    }[verb],
    load: async () => (await import('./outbox.ts'))[verb],
  })),
  entry(BOOK, 'backup', 'write a copy of the book', () => import('./backup.ts')),
  entry(BOOK, 'restore', 'replace the book with a backup', () => import('./restore.ts')),
  entry(BOOK, 'doctor', 'check that the book is sound', () => import('./doctor.ts')),
]
