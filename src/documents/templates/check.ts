import { editDistance } from '../../domain/duplicates/edit-distance.ts'
import type { DocumentKind } from '../../book/schema/documents.ts'
import type { Look } from '../fields.ts'
import { aKind } from '../kinds.ts'
import { everyField, KNOWN_FIELDS } from './known-fields.ts'
import { pack } from './office/archive.ts'
import { lookUp, type Value } from './office/scope.ts'
import type { TemplateBody } from './read.ts'
import type { View } from './view.ts'

/** What is odd about a template. */
export interface Finding {
  problem: 'unknown' | 'empty' | 'missing' | 'invalid'
  /** The field; empty if it is about the whole. */
  field: string
  /** What to do, or what it may have been meant to be. */
  about: string
}

/** A field as a template uses it: `name` within the lists around it. */
interface Use {
  name: string
  /** The lists around it; of several, it is within either. */
  within: readonly (readonly string[])[]
  /** What it is outside of lists, if it may also be meant so. */
  whole?: string
}

/** Uses of a document: tags follow one another, and those that open hold what comes until they close. */
async function officeUses(body: Exclude<TemplateBody, { format: 'html' }>): Promise<Use[]> {
  const tags =
    body.format === 'docx'
      ? await (await import('./office/docx.ts')).docxTags(pack(body.files))
      : (await import('./office/odt.ts')).odtTags(body.files)
  const open: string[] = []
  return tags.flatMap(({ name, opens, closes }) => {
    if (closes) {
      open.pop()
      return []
    }
    const use = { name, within: [[...open]] }
    if (opens) open.push(name)
    return [use]
  })
}

/** What a template asks of a document. */
async function usesOf(body: TemplateBody): Promise<Use[]> {
  if (body.format !== 'html') return officeUses(body)
  const { htmlUses } = await import('./html-uses.ts')
  return htmlUses(body.source)
}

/** The scopes within some lists: the first entry of each. */
function scopesWithin(view: View, within: readonly string[]): View[] {
  const scopes = [view]
  for (const name of within) {
    const value = lookUp(scopes, name)
    const first = Array.isArray(value) ? (value as readonly View[])[0] : undefined
    if (first) scopes.push(first)
  }
  return scopes
}

function valueOf(view: View, { name, within, whole }: Use): Value {
  const values = within.map((lists) => lookUp(scopesWithin(view, lists), name))
  const found = values.filter((value) => value !== undefined)
  const filled = found.find((value) => !isEmpty(value)) ?? found[0]
  return filled ?? (whole === undefined ? undefined : lookUp([view], whole))
}

/** The known field that a text is most like; null if none is near. */
function nearestField(name: string): string | null {
  const names = [...new Set(KNOWN_FIELDS.map((field) => field.name))]
  const ranked = names
    .map((known) => ({ known, far: editDistance(name, known) }))
    .toSorted((a, b) => a.far - b.far)
  const [best] = ranked
  if (best && best.far <= Math.max(2, Math.floor(name.length / 3))) return best.known
  return names.find((known) => known.endsWith(`.${name}`)) ?? null
}

const isEmpty = (value: Value): boolean =>
  value === undefined || value === '' || (Array.isArray(value) && value.length === 0)

/** What documents of a kind are of no use without. */
const NEEDED: Readonly<Record<DocumentKind, readonly string[]>> = {
  proposal: ['lines', 'sums'],
  invoice: ['lines', 'sums', 'number'],
  'credit-note': ['lines', 'sums', 'number'],
  reminder: ['late'],
  letter: ['body'],
}

/** Fields that say the same in another way. */
const INSTEAD: Readonly<Record<string, RegExp>> = {
  sums: /^sums?(?:\.|$)/,
  number: /^(?:number|title|facts|fact\.number)$/,
}

/**
 * What is odd about a template: fields that no document has, with the nearest that one can have; what a document of
 * its kind must have and the template leaves out; and fields that would be empty.
 * @param view a document that it is tried on.
 */
export async function checkTemplate(
  body: TemplateBody,
  kind: DocumentKind,
  view: View,
  look: Look,
): Promise<Finding[]> {
  const uses = await usesOf(body)
  const every = everyField(look)
  const seen = new Map<string, Use>()
  for (const use of uses) seen.set(JSON.stringify([use.within, use.name]), use)
  const all = [...seen.values()]
  const unknown = all.filter((use) => valueOf(every, use) === undefined)
  const empty = all.filter((use) => !unknown.includes(use) && isEmpty(valueOf(view, use)))
  const missing = NEEDED[kind].filter(
    (name) => !all.some((use) => (INSTEAD[name] ?? new RegExp(`^${name}$`)).test(use.name)),
  )
  return eachOnce([
    ...unknown.map(({ name }): Finding => {
      const near = nearestField(name)
      const about = near === null ? 'see: funnel template fields' : `did you mean ${near}?`
      return { problem: 'unknown', field: name, about }
    }),
    ...missing.map((field): Finding => ({
      problem: 'missing',
      field,
      about: `${aKind(kind)} needs it`,
    })),
    ...empty.map(({ name }): Finding => ({
      problem: 'empty',
      field: name,
      about: 'this document has none',
    })),
  ])
}

/** Findings that would say the same twice, as of a field in two lists, once. */
function eachOnce(findings: readonly Finding[]): Finding[] {
  const found = new Map(findings.map((finding) => [JSON.stringify(finding), finding]))
  return [...found.values()]
}
