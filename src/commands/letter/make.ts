import path from 'node:path'
import type { Db } from '../../book/store/db.ts'
import { choice, defineCommand, flag, option } from '../../cli/command.ts'
import type { Context } from '../../cli/context.ts'
import { toFile } from '../../cli/write-out.ts'
import { Fault } from '../../domain/fault.ts'
import { safeFileName } from '../../domain/file-name.ts'
import { tidyName, tidyText } from '../../domain/name.ts'
import { letterPaper } from '../../documents/gather/letter.ts'
import { keepDocument } from '../../documents/keep.ts'
import { documentMaker } from '../../documents/maker.ts'
import { DOCUMENT_FORMATS, type DocumentFormat } from '../../domain/documents.ts'
import { plainText } from '../../documents/write/plain.ts'
import { clientDefaults } from '../../records/clients.ts'
import { addInteraction, findContact } from '../../records/interactions.ts'
import { find } from '../../records/lookup.ts'
import { findDeal } from '../../records/lookup/deal.ts'
import { formatAsked } from '../shared/format-of-name.ts'
import { notesOf } from '../shared/made-files.ts'
import { readTextFile } from '../shared/read-file.ts'

/** What the letter says, as typed or of a file. @throws Fault `usage` if it says nothing. */
function bodyOf(context: Context, text: string | undefined, file: string | undefined): string {
  if (text !== undefined && file !== undefined) {
    throw new Fault('usage', '--text and --file cannot be used together', 'give one of them')
  }
  const body = tidyText(file === undefined ? (text ?? '') : readTextFile(context, file))
  if (body !== '') return body
  throw new Fault(
    'usage',
    'a letter needs a text',
    'write it: --text "…", or name a file: --file FILE',
  )
}

/** The letter as it would be now. */
async function made(
  context: Context,
  db: Db,
  client: string,
  {
    subject,
    body,
    contact: person,
  }: { subject: string; body: string; contact: string | undefined },
  how: { format: DocumentFormat; template: string | undefined },
) {
  const { settings } = await context.book()
  const found = await find(db, 'client', client)
  const contact = person === undefined ? null : (await findContact(db, found.id, person)).name
  const { code, digits } = settings.currency
  const paper = await letterPaper(
    db,
    { clientId: found.id, contact, subject, body },
    { currency: { code, digits }, usual: settings.documentLanguage, on: await context.today() },
  )
  const make = await documentMaker(db, settings)
  return { client: found, document: await make(paper, how) }
}

export default defineCommand({
  description:
    'Writes a letter to a client: your letterhead, its address, greeting and closing in its language, and what you say. ' +
    'The letter is kept in the book as it was made, and logged with the client. To change greeting and closing: ' +
    'funnel template text letter intro.',
  arguments: [{ syntax: '<client>', help: 'name, part of a name, or number' }],
  options: {
    subject: option('--subject <subject>', 'what it is about'),
    text: option('--text <text>', 'what it says'),
    file: option('--file <file>', 'take the text from this file'),
    contact: option('--contact <name>', 'the person that it is to'),
    deal: option('--deal <deal>', 'the deal that it is about'),
    format: choice('--format <format>', 'by default as --out ends, else pdf', DOCUMENT_FORMATS),
    template: option(
      '--template <template>',
      'the template to make it with, if not the default one',
    ),
    out: option('--out <file>', 'where to; default: a file named after its subject'),
    dryRun: flag('--dry-run', 'show what it says, and write nothing'),
  },
  examples: [
    'letter make harbour --subject "We have moved" --text "Please note our new address." --dry-run',
    'letter make harbour --subject "We have moved" --text "Our new address is Kai 5." --out moved.html',
  ],
  async run(context, [client = ''], options) {
    const { db } = await context.book()
    const { out, template, contact, deal, dryRun } = options
    const subject = tidyName(options.subject ?? '')
    if (subject === '') {
      throw new Fault('usage', 'a letter needs a subject', 'give it: --subject "We have moved"')
    }
    if (out === '-') throw new Fault('usage', '--out takes a file', 'to see it: --dry-run')
    const values = { subject, body: bodyOf(context, options.text, options.file), contact }
    const format = formatAsked(context, options, DOCUMENT_FORMATS, 'pdf') ?? 'pdf'
    if (dryRun) {
      const { client: to, document } = await made(context, db, client, values, { format, template })
      const text = plainText(document.fields)
      await context.tell(text.trimEnd(), { operation: null, client: to.id, subject, text })
      return
    }
    await context.change({}, async (within, moment) => {
      const how = { format, template }
      const { client: to, document } = await made(context, within, client, values, how)
      const name = out === undefined ? safeFileName(subject, format) : path.basename(out)
      const { ownerId } = await clientDefaults(within, to.id)
      const dealId = deal === undefined ? null : (await findDeal(within, deal)).id
      await addInteraction(
        within,
        {
          kind: 'mailing',
          clientId: to.id,
          dealId,
          ownerId,
          direction: 'out',
          result: null,
          text: `Letter “${subject}” (${name})`,
        },
        moment,
      )
      const { bytes, missing } = document
      const file = { clientId: to.id, kind: 'letter' as const, name, format, bytes }
      const kept = await keepDocument(within, file, moment)
      await toFile(context, out ?? name, [bytes])
      for (const line of notesOf(name, document)) context.say(line)
      return {
        summary: `wrote a letter to ${to.name} (${subject}) to ${out ?? name}`,
        result: { client: to.id, document: kept, file: out ?? name, format, missing: [...missing] },
      }
    })
  },
})
