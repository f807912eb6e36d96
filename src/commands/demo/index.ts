import { authorOf } from '../../cli/author.ts'
import { copyFileSync, existsSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { newFolder } from '../../book/files/leftovers.ts'
import { defineCommand } from '../../cli/command.ts'
import type { Context } from '../../cli/context.ts'
import { LOCAL_BOOK } from '../../cli/locate.ts'
import type { Io } from '../../cli/io.ts'
import { shellLine } from '../../cli/shell-word.ts'
import { Fault } from '../../domain/fault.ts'

const SPREADSHEETS = ['clients.csv', 'products.csv']

/** A spreadsheet that comes with the program, wherever that is installed. */
function spreadsheet(name: string): string {
  for (const up of ['..', '../..']) {
    const file = fileURLToPath(new URL(`${up}/fixtures/demo/${name}`, import.meta.url))
    if (existsSync(file)) return file
  }
  throw new Fault('failed', `fixtures/demo/${name} is missing from the installation`)
}

/** A command line as it is typed, with the text printed before it. */
interface Scene {
  say: string
  words: string[]
}

function scenes(chart: string[]): Scene[] {
  return [
    {
      say: 'A book is one file. Everything else is in it.',
      words: ['init', '--currency', 'EUR', '--timezone', 'Europe/Berlin'],
    },
    {
      say: 'A spreadsheet comes in with its columns recognised.',
      words: ['import', 'clients', 'clients.csv', '--create', 'owners,sources'],
    },
    { say: 'So does what you sell.', words: ['import', 'products', 'products.csv'] },
  ].concat([
    {
      say: 'A call comes in, a deal is opened and led step by step.',
      words: ['log', 'call', 'quartz', 'needs two freezers before spring', '--in'],
    },
    {
      say: '',
      words: ['deal', 'add', 'quartz', 'Two freezers', '--amount', '18400', '--cost', '11200'],
    },
    { say: '', words: ['advance', 'two freezers', '--note', 'budget is there'] },
    { say: '', words: ['lose', 'two freezers', '--reason', 'bad timing'] },
    { say: 'A mistake? Any command can be taken back.', words: ['undo'] },
    { say: 'What needs doing, most urgent first.', words: ['today', '--limit', '8'] },
    { say: 'What stands where: the open funnel.', words: ['report', 'open', ...chart] },
    {
      say: 'What became of the deals: the funnel of won and lost ones.',
      words: ['report', 'closed', ...chart],
    },
    { say: 'What was sold.', words: ['report', 'products'] },
    { say: 'Who owes what, and how late it is.', words: ['report', 'receivables'] },
    {
      say: 'A goal: how far it has come, and the chance to reach it.',
      words: ['goal', 'set', 'won-profit', '7000', '--every', 'month'],
    },
    { say: '', words: ['report', 'goals'] },
    { say: 'What will come in, and how sure that is.', words: ['forecast', ...chart] },
  ])
}

async function play(context: Context, io: Io, { say, words }: Scene): Promise<void> {
  if (say !== '') io.stdout.write(`\n${say}\n`)
  io.stdout.write(`\n$ ${shellLine(['funnel', ...words])}\n`)
  const code = await context.run([...words, '--no-input'], io)
  if (code !== 0) throw new Fault('failed', `the demo stopped at: funnel ${words.join(' ')}`)
}

/** Fills the demo's book with deals of the past year, as one operation. */
async function fillYear(io: Io, file: string): Promise<void> {
  const [{ openBook }, { operate }, { liveThroughAYear }, lines, invoices, proposals, clock] =
    await Promise.all([
      import('../../book/open.ts'),
      import('../../book/store/operate.ts'),
      import('./year.ts'),
      import('./lines.ts'),
      import('./invoices.ts'),
      import('./proposals.ts'),
      import('../../cli/clock.ts'),
    ])
  const book = openBook(file)
  try {
    const today = clock.today(io, book.settings.timezone)
    const moment = { on: today, today, recordedAt: clock.moment(io) }
    const info = { command: 'funnel demo', at: moment.recordedAt, author: authorOf(io) }
    await operate(book, info, async (db) => {
      const deals = await liveThroughAYear(db, moment)
      await lines.sellProducts(db, moment)
      await invoices.billDeals(db, book.settings, moment)
      await proposals.offerDeals(db, book.settings, moment)
      return { summary: `made up a year with ${deals} deals` }
    })
  } finally {
    book.close()
  }
}

/** Was the program started as an installed one, by its name or from a folder of packages? */
function isInstalled({ program }: Io): boolean {
  const launcher = program?.at(-1) ?? ''
  return path.basename(launcher) !== 'funnel.js' || launcher.includes('node_modules')
}

export default defineCommand({
  description:
    'Makes a book in a new temporary folder, works in it, and leaves it there for you to try.',
  options: {},
  examples: ['demo'],
  async run(context) {
    const folder = newFolder('funnel-demo-')
    for (const name of SPREADSHEETS) copyFileSync(spreadsheet(name), path.join(folder, name))
    const { FUNNEL_BOOK: _, ...env } = context.io.env
    const io: Io = { ...context.io, cwd: folder, env }
    const all = scenes(context.screen.terminal ? [] : ['--chart'])
    const rest = all.splice(1 + SPREADSHEETS.length)
    for (const scene of all) await play(context, io, scene)
    await fillYear(io, path.join(folder, LOCAL_BOOK))
    io.stdout.write('\n(The demo now makes up a year of deals and invoices with these clients.)\n')
    for (const scene of rest) await play(context, io, scene)
    io.stdout.write(`\nThe book is yours to try:\n\n  cd ${folder}\n  funnel --help\n\n`)
    if (isInstalled(io)) return
    io.stdout.write(`(not installed yet? npm install -g . puts the command funnel on your path)\n`)
  },
})
