import type { DocumentKind } from '../../book/schema/documents.ts'
import type { Db } from '../../book/store/db.ts'
import { choice, defineCommand, option } from '../../cli/command.ts'
import type { Context } from '../../cli/context.ts'
import { writeOut } from '../../cli/write-out.ts'
import { aKind, DOCUMENT_KINDS } from '../../documents/kinds.ts'
import { Fault } from '../../domain/fault.ts'
import { DOCUMENT_LANGUAGES } from '../../domain/language.ts'
import { nameKey } from '../../domain/name.ts'
import { quoted } from '../../domain/plain-text.ts'
import { type Column, listReport } from '../../domain/table.ts'
import { counted } from '../../domain/text.ts'
import type { TemplateBody } from '../../documents/templates/read.ts'
import { readBytes } from '../shared/read-file.ts'
import { builtInNamed, isFile, kindOption, languageOption, readKind, triedOn } from './fields.ts'

const COLUMNS: Column[] = [
  { key: 'id', label: 'No.', type: 'count' },
  { key: 'name', label: 'Template', type: 'text', lasting: true },
  { key: 'kind', label: 'For', type: 'text' },
  { key: 'language', label: 'Language', type: 'text', none: 'any' },
  { key: 'format', label: 'Format', type: 'text' },
  { key: 'default', label: 'Default', type: 'flag' },
]

/** What comes with the program. */
const BUILT_IN = `Built in: ${DOCUMENT_KINDS.join(', ')}, each in ${DOCUMENT_LANGUAGES.join(', ')}, such as invoice-de.`

export const list = defineCommand({
  description:
    'Templates of your own. Those that come with funnel are called after what they are for and their language, such as ' +
    'invoice-de: proposal, invoice, credit-note, reminder and letter, each in en, de, ru and th.',
  options: { kind: kindOption },
  examples: ['template list', 'template list --kind invoice --json'],
  async run(context, _args, { kind }) {
    const { db } = await context.book()
    const { listTemplates } = await import('../../documents/templates/store.ts')
    const all = await listTemplates(db)
    const rows = all
      .filter((one) => kind === undefined || one.kind === kind)
      .map(({ name_key: _, is_default: isDefault, ...row }) => ({
        ...row,
        default: isDefault === 1,
      }))
    const empty =
      'No templates of your own; begin with a built-in one: funnel template show invoice-en --format docx --out my.docx'
    const section = { key: 'templates', columns: COLUMNS, rows }
    const report = listReport('templates', `Templates (${rows.length})`, section, { empty })
    await context.print({ ...report, notes: [BUILT_IN] })
  },
})

/** A template, what it is for, and how it is called. */
interface Found {
  name: string
  kind: DocumentKind
  language: string | null
  body: TemplateBody
}

const FORMATS = ['html', 'docx', 'odt'] as const

/** A template of the book, or one that comes with the program. */
async function named(
  context: Context,
  db: Db,
  text: string,
  format: (typeof FORMATS)[number] | undefined,
): Promise<Found> {
  const { settings } = await context.book()
  const { findTemplate, listTemplates, templateBody } =
    await import('../../documents/templates/store.ts')
  const isOwn = (await listTemplates(db)).some(({ name_key: key }) => key === nameKey(text))
  const builtIn = isOwn ? null : builtInNamed(text, settings.documentLanguage)
  if (!builtIn) {
    const found = await findTemplate(db, text)
    if (format !== undefined && format !== found.format) {
      const message = `the template ${found.name} is ${found.format}, and cannot be shown as ${format}`
      throw new Fault('usage', message, 'leave --format out')
    }
    return { ...found, body: await templateBody(db, found) }
  }
  const { builtInTemplate } = await import('../../documents/templates/built-in.ts')
  const { loadLook } = await import('../../documents/maker.ts')
  const { kind, language } = builtIn
  const look = await loadLook(db, settings)
  const body = await builtInTemplate(kind, language, format ?? 'html', look)
  return { name: `${kind}-${language}`, kind, language, body }
}

export const show = defineCommand({
  description:
    'Writes a template as a file, to look at it or to begin your own with it: one of yours, or a built-in one, such as ' +
    'invoice-de (see funnel template list --help).',
  arguments: [{ syntax: '<template>', help: 'its name or number; built in: proposal-de' }],
  options: {
    format: choice('--format <format>', 'of a built-in one; html by default', FORMATS),
    out: option('--out <file>', 'write it to this file; - is standard output'),
  },
  examples: [
    'template show invoice-en --format docx --out invoice.docx',
    'template show letterhead --out mine.html',
  ],
  async run(context, [text = ''], { format, out }) {
    const { db } = await context.book()
    const { name, kind, language, body } = await named(context, db, text, format)
    if (out === undefined && body.format === 'html') {
      const about = { name, kind, language, format: body.format, source: body.source }
      await context.tell(body.source.trimEnd(), about)
      return
    }
    if (out === undefined || (out === '-' && context.io.stdout.isTTY && body.format !== 'html')) {
      const hint = `write it to a file: --out ${kind}.${body.format}`
      throw new Fault('usage', `${body.format.toUpperCase()} cannot be shown here`, hint)
    }
    const { templateBytes } = await import('../../documents/templates/read.ts')
    await writeOut(context, [templateBytes(body)], out)
  },
})

const FINDINGS: Column[] = [
  { key: 'problem', label: 'Problem', type: 'text' },
  { key: 'field', label: 'Field', type: 'text', lasting: true },
  { key: 'about', label: 'What to know', type: 'text' },
]

/** The template that a text names: a file, one of the book, or a built-in one. */
async function fileOrNamed(
  context: Context,
  db: Db,
  text: string,
  kind: DocumentKind | undefined,
): Promise<Found> {
  if (!isFile(context, text)) {
    if (/[./\\]/.test(text)) {
      throw new Fault('not-found', `there is no file ${quoted(text)}`, 'see: funnel template list')
    }
    return named(context, db, text, undefined)
  }
  if (kind === undefined) {
    const hint = `say it: funnel template check ${text} --kind invoice`
    throw new Fault('usage', 'a template needs to know what it is for', hint)
  }
  const { readTemplate } = await import('../../documents/templates/read.ts')
  const body = readTemplate(readBytes(context, text, 'a template'), text)
  return { name: text, kind, language: null, body }
}

export const check = defineCommand({
  description:
    'Tries a template out before anything is written with it: fields that are not known, with the nearest that is; ' +
    'what a document of its kind needs and it leaves out; and fields that would be empty, in a sample or in an ' +
    'invoice or proposal of yours. Exits with 1 if a field is not known or the template is not valid.',
  arguments: [
    { syntax: '<template>', help: 'a file, the name of one of yours, or a built-in one' },
  ],
  options: {
    kind: kindOption,
    language: languageOption,
    invoice: option('--invoice <invoice>', 'try it on this invoice'),
    proposal: option('--proposal <proposal>', 'try it on this proposal'),
  },
  examples: [
    'template check my.html --kind invoice',
    'template check letterhead --json',
    'template check invoice-de --invoice 2026-0001',
  ],
  async run(context, [text = ''], { kind: wanted, language, invoice, proposal }) {
    const { db, settings } = await context.book()
    if (invoice !== undefined && proposal !== undefined) {
      throw new Fault('usage', '--invoice and --proposal cannot be used together', 'give one')
    }
    const { name, kind, body, ...own } = await fileOrNamed(context, db, text, wanted)
    const tag = language ?? own.language ?? settings.documentLanguage
    const { view, look } = await triedOn(context, db, kind, tag, { invoice, proposal })
    const { checkTemplate } = await import('../../documents/templates/check.ts')
    const { fillTemplate } = await import('../../documents/templates/fill.ts')
    await fillTemplate(body, view, look.logo, name)
    const rows = (await checkTemplate(body, kind, view, look)).map((row) => ({ ...row }))
    const title = `Template ${name}: ${body.format} for ${aKind(kind)}`
    const section = { key: 'findings', columns: FINDINGS, rows }
    const empty = 'Every field is known, and none would be empty.'
    await context.print(listReport('template-check', title, section, { empty }))
    const unknown = rows.filter(({ problem }) => problem === 'unknown')
    if (unknown.length === 0) return
    throw new Fault(
      'failed',
      `${counted(unknown.length, 'field')} of ${name} ${unknown.length === 1 ? 'is' : 'are'} not known`,
    )
  },
})

const FIELDS: Column[] = [
  { key: 'field', label: 'Field', type: 'text', lasting: true },
  { key: 'list', label: 'In', type: 'text', none: '' },
  { key: 'about', label: 'What it is', type: 'text' },
  { key: 'sample', label: 'Sample', type: 'text' },
]

export const fields = defineCommand({
  description:
    'What templates can fill in. In HTML: {{ client.name }}, and {% for line in lines %}{{ line.net }}{% endfor %}. In ' +
    'DOCX and ODT: {client.name}, and {#lines}{net}{/lines}, around the cells of a row, paragraphs or words; a list or ' +
    'an answer that is empty leaves them out, so {#note}{note}{/note}.',
  arguments: [
    { syntax: '[kind]', help: `with samples of this kind: ${DOCUMENT_KINDS.join(', ')}` },
  ],
  options: { language: languageOption },
  examples: ['template fields', 'template fields invoice --language de --json'],
  async run(context, [typed], { language }) {
    const { db, settings } = await context.book()
    const kind = typed === undefined ? 'invoice' : readKind(typed)
    const { KNOWN_FIELDS } = await import('../../documents/templates/known-fields.ts')
    const { sampleOf } = await import('../../documents/templates/known-fields.ts')
    const { view } = await triedOn(context, db, kind, language ?? settings.documentLanguage, {})
    const rows = KNOWN_FIELDS.map((field) => ({
      field: field.name,
      list: field.list,
      about: field.about,
      sample: sampleOf(view, field),
    }))
    const section = { key: 'fields', columns: FIELDS, rows }
    await context.print(
      listReport(
        'template-fields',
        `Fields of templates, with samples of ${aKind(kind)}`,
        section,
        {
          empty: '',
        },
      ),
    )
  },
})
