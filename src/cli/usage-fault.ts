import { closeSync, openSync, readSync } from 'node:fs'
import path from 'node:path'
import type { Command, CommanderError } from 'commander'
import { Fault } from '../domain/fault.ts'
import type { CommandEntry } from './command.ts'
import type { Io } from './io.ts'
import { suggestCommand, suggestOption } from './suggest-command.ts'
import { addAll } from '../domain/lists.ts'

/** How much of a file's beginning is read, in bytes. */
const BEGINNING = 4096

/** How statements of a bank begin. */
const STATEMENT =
  /^\uFEFF?\s*(?:1CClientBankExchange|OFXHEADER\s*:|:20:|\{1:F01)|^\uFEFF?\s*<[^]*(?:<\?OFX\b|iso:std:iso:20022)/i

/** Words in the headers of a file that tell what its rows are, the most telling first. */
const TELLING: [kind: string, words: RegExp][] = [
  ['history', /(from|to|old|new|previous|next)[ _]stage|stage[ _](change|history)/],
  ['tasks', /\b(due|task|to-?do)\b|fällig|aufgabe/],
  ['interactions', /\b(direction|call|duration|interaction)\b|richtung|anruf/],
  [
    'lines',
    /(?=.*(deal|opportunit|order|сделк|auftrag|angebot))(?=.*\b(quantity|qty|menge|anzahl|количество|кол-во))/,
  ],
  [
    'prices',
    /(?=.*(price[ _-]list|preisliste|preisgruppe|staffel))(?=.*\b(quantity|qty|valid|menge|gültig|from))/,
  ],
  ['goals', /\bmeasure\b|\bquota\b|kennzahl/],
  ['payments', /\bpayment[ _](date|id|number)|\bpaid[ _]on\b|zahlungsdatum|bezahlt am|дата оплаты/],
  [
    'invoices',
    /\binvoice[ _](no|number|date|id)\b|rechnungs|n° de facture|número de factura|номер сч[её]та/,
  ],
  ['products', /\b(sku|article|unit[ _]price|product[ _](code|name))\b|artikel|artículo|артикул/],
  ['deals', /deal|opportunit|amount|stage|expected|revenue|betrag|angebot|phase|сумма|сделк/],
  ['clients', /mail|phone|telefon|company|firma|customer|kunde|client|name/],
]

/** What the rows of a text file may be, by its first line; undefined if that does not tell. */
function kindOf(io: Io, file: string): string | undefined {
  try {
    const handle = openSync(path.resolve(io.cwd, file), 'r')
    try {
      const bytes = Buffer.alloc(BEGINNING)
      const read = readSync(handle, bytes, 0, BEGINNING, 0)
      const text = bytes.toString('utf8', 0, read)
      if (text.includes('\0')) return undefined
      if (STATEMENT.test(text)) return 'bookings'
      const first = text.split(/\r?\n/, 1)[0]?.toLowerCase() ?? ''
      return TELLING.find(([, words]) => words.test(first))?.[0]
    } finally {
      closeSync(handle)
    }
  } catch {
    return undefined
  }
}

/** The long options that the command named by some words has, and those of all commands. */
function optionsOf(program: Command, words: readonly string[]): string[] {
  let command = program
  const names = program.options.flatMap(({ long }) => long ?? [])
  for (const word of words) {
    const next = command.commands.find((child) => child.name() === word)
    if (!next) break
    command = next
    addAll(
      names,
      command.options.flatMap(({ long, hidden }) => (hidden ? [] : (long ?? []))),
    )
  }
  return [...new Set(names)]
}

/** What is known of a command line that could not be read. */
interface Unread {
  program: Command
  entries: readonly CommandEntry[]
  io: Io
  /** Its words, without options. */
  words: readonly string[]
  /** What to say where nothing better is known. */
  hint: string
}

/** A command line to try instead, as a hint. */
function hintOf(suggested: string): string {
  return suggested.startsWith('funnel ') ? `did you mean: ${suggested}` : suggested
}

/** The command that some words may mean, as a hint. */
export function commandHint({ entries, io, words, hint }: Omit<Unread, 'program'>): string {
  const paths = entries.map(({ path: name }) => name)
  const suggested = suggestCommand(words, paths, (file) => kindOf(io, file))
  return suggested === undefined ? hint : hintOf(suggested)
}

/** What commander says, in this program's form, with what may have been meant. */
export function usageFault(error: CommanderError, unread: Unread): Fault {
  const [first = ''] = error.message.replace(/^error: /, '').split('\n')
  if (error.code === 'commander.excessArguments') {
    const takesNone = first.includes('Expected 0 ')
    const hint = takesNone ? unread.hint : 'put a name of several words in quotes'
    return new Fault('usage', first, hint)
  }
  if (error.code === 'commander.unknownOption') {
    const typed = /'(.*)'/.exec(first)?.[1] ?? ''
    const near = suggestOption(typed, optionsOf(unread.program, unread.words))
    return new Fault('usage', first, near === undefined ? unread.hint : `did you mean ${near}?`)
  }
  if (error.code === 'commander.unknownCommand') {
    return new Fault('usage', first, commandHint(unread))
  }
  return new Fault('usage', first, unread.hint)
}
