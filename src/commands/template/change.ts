import path from 'node:path'
import type { DocumentKind } from '../../book/schema/documents.ts'
import type { Db } from '../../book/store/db.ts'
import { defineCommand, flag, option } from '../../cli/command.ts'
import type { Context } from '../../cli/context.ts'
import { clearable } from '../../cli/options.ts'
import { Fault } from '../../domain/fault.ts'
import { nameChange, tidyName } from '../../domain/name.ts'
import { aKind } from '../../documents/kinds.ts'
import type { TemplateBody } from '../../documents/templates/read.ts'
import { readBytes } from '../shared/read-file.ts'
import { kindOption, languageOption, templateArgument, triedOn } from './fields.ts'

const WHAT = 'an HTML page, or a document saved as .docx or .odt'

/** Reads a template and tries it out. @throws Fault `usage` if it is none, or has fields that no document has. */
async function soundTemplate(
  context: Context,
  db: Db,
  file: string,
  kind: DocumentKind,
  language: string,
): Promise<TemplateBody> {
  const { readTemplate } = await import('../../documents/templates/read.ts')
  const { checkTemplate } = await import('../../documents/templates/check.ts')
  const { fillTemplate } = await import('../../documents/templates/fill.ts')
  const body = readTemplate(readBytes(context, file, WHAT), file)
  const { view, look } = await triedOn(context, db, kind, language, {})
  await fillTemplate(body, view, look.logo, file)
  const found = await checkTemplate(body, kind, view, look)
  const unknown = found.filter(({ problem }) => problem === 'unknown')
  if (unknown.length > 0) {
    const all = unknown.map(({ field, about }) => `{${field}} (${about})`).join(', ')
    const hint = 'change them, and add it again; all there are: funnel template fields'
    throw new Fault('usage', `${file} has fields that are not known: ${all}`, hint)
  }
  for (const { problem, field } of found) {
    if (problem === 'missing')
      context.say(`warning: ${aKind(kind)} needs {${field}}, which ${file} leaves out`)
  }
  return body
}

const nameOf = (file: string): string => path.basename(file, path.extname(file))

export const add = defineCommand({
  description:
    'Takes an HTML page, a Word or an OpenDocument file with fields in braces as a template of your own. Begin with a ' +
    'built-in one: funnel template show invoice-en --format docx --out my.docx. What a file is, its content tells. ' +
    'Files with macros, programs, or parts that would be fetched from elsewhere are refused.',
  arguments: [{ syntax: '<file>', help: 'HTML, DOCX or ODT' }],
  options: {
    kind: kindOption,
    language: languageOption,
    name: option('--name <name>', 'what you call it; default: the name of the file'),
    default: flag('--default', 'use it where no template is named'),
  },
  examples: [
    'template add my.html --kind invoice',
    'template add my.html --kind invoice --language de --name "Invoice with a photo" --default',
  ],
  run: (context, [file = ''], { kind, language, name, default: isDefault }) =>
    context.change({}, async (db) => {
      if (kind === undefined) {
        const hint = `say it: funnel template add ${file} --kind invoice`
        throw new Fault('usage', 'a template needs to know what it is for', hint)
      }
      const { settings } = await context.book()
      const { addTemplate } = await import('../../documents/templates/store.ts')
      const tried = language ?? settings.documentLanguage
      const body = await soundTemplate(context, db, file, kind, tried)
      const called = tidyName(name ?? nameOf(file))
      const values = {
        name: called,
        kind,
        language: language ?? null,
        isDefault: isDefault ?? false,
      }
      const id = await addTemplate(db, { ...values, body })
      const said = isDefault ? ', the default' : ''
      return {
        summary: `added template ${id} (${called}: ${body.format} for ${aKind(kind)}${said})`,
        result: { template: id, name: called, format: body.format, default: isDefault ?? false },
        next: isDefault
          ? undefined
          : `next: funnel template edit ${id} --default uses it where none is named`,
      }
    }),
})

export const edit = defineCommand({
  description: 'What is not given stays. What was sent with it stays as it was sent.',
  arguments: [templateArgument],
  options: {
    file: option('--file <file>', 'take this file instead'),
    name: option('--name <name>', 'the new name'),
    language: clearable(languageOption, 'any language'),
    default: flag('--default', 'use it where no template is named'),
    noDefault: flag('--not-default', 'use it only where it is named'),
  },
  examples: [
    'template edit letterhead --file my.html --default',
    'template edit letterhead --language none --name "Our letterhead"',
  ],
  run: (context, [text = ''], { file, name, language, default: wanted, noDefault }) =>
    context.change({}, async (db) => {
      if (wanted && noDefault) {
        throw new Fault('usage', '--default and --not-default cannot be used together', 'give one')
      }
      const { editTemplate, findTemplate } = await import('../../documents/templates/store.ts')
      const found = await findTemplate(db, text)
      const { settings } = await context.book()
      const tried = language ?? found.language ?? settings.documentLanguage
      const body =
        file === undefined ? undefined : await soundTemplate(context, db, file, found.kind, tried)
      const isDefault = wanted ? true : noDefault ? false : undefined
      await editTemplate(db, found, { name, language, isDefault, body })
      return {
        summary: `changed template ${found.id} (${nameChange(found.name, name)})`,
        result: { template: found.id },
      }
    }),
})

export const drop = defineCommand({
  description: 'Documents that were sent with it stay as they are.',
  arguments: [templateArgument],
  options: {},
  examples: ['template drop letterhead'],
  run: (context, [text = '']) =>
    context.change({}, async (db) => {
      const { dropTemplate, findTemplate } = await import('../../documents/templates/store.ts')
      const found = await findTemplate(db, text)
      await dropTemplate(db, found)
      return {
        summary: `dropped template ${found.id} (${found.name})`,
        result: { template: found.id },
      }
    }),
})
