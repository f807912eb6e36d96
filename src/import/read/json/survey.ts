import { Fault } from '../../../domain/fault.ts'
import { IMPORT_KINDS, type ImportKind } from '../../map/fields.ts'
import { tooLong } from '../kind.ts'
import { LONGEST_RECORD } from '../records.ts'
import { flatRecord } from './flat.ts'
import { emptyShape, type OwnShape, ownShape, propertiesOf } from './own-records.ts'
import { isObject, type JsonObject, parseJson } from './parse.ts'
import { type RecordDepth, RecordSplitter } from './split.ts'

/** What a list of records in a JSON file is. */
export interface RecordList {
  name: string
  records: number
  /** Its place, if an export of this program wrote it. */
  shape: OwnShape | undefined
  /** The names of properties in the program's own records, or of the fields in those of others. */
  columns: string[]
  /** Fields with lists of records in them, which are kept as text. */
  nested: string[]
}

/** What a JSON file holds. */
export interface JsonSurvey {
  lists: RecordList[]
  /** The currency that the file says all its amounts are in. */
  currency: string | null
}

/** The records of a JSON file with the lists they stand in. */
export interface ListedRecord {
  list: string
  record: JsonObject
}

// Records are a few levels deep; the code that reads and writes them cannot go to any depth.
const DEEPEST = 200

// A list has a column for each field, and a row has a place in each. Lists of a few columns may be long.
const MANY_COLUMNS = 500
const MOST_PLACES = 5_000_000

const HINT = 'a list of records is read: [{"name": "Acme", …}, …], or one record a line'

function unsound(name: string, why: string, cause?: unknown): Fault {
  return new Fault('usage', `${name} is not valid JSON: ${why}`, HINT, cause)
}

function isSound(frame: string, depth: RecordDepth): boolean {
  if (depth === 0) return /^[\s0]*$/.test(frame)
  const around: unknown = JSON.parse(frame)
  return depth === 2 || (Array.isArray(around) && around.every((one) => one === 0))
}

/**
 * The records of a JSON text. `onFrame` is given what is around them.
 * @throws Fault `usage` if it is not a list of records, is cut short or damaged.
 */
export async function* recordsOf(
  pieces: AsyncIterable<string>,
  depth: RecordDepth,
  name: string,
  onFrame?: (frame: string) => void,
): AsyncGenerator<ListedRecord> {
  const splitter = new RecordSplitter(depth)
  let number = 0
  for await (const piece of pieces) {
    for (const { list, text } of splitter.push(piece)) {
      if (splitter.deepest > DEEPEST) throw unsound(name, 'it is nested too deep')
      number += 1
      let record: unknown
      try {
        record = parseJson(text)
      } catch (cause) {
        throw unsound(name, `record ${number} cannot be read`, cause)
      }
      if (isObject(record)) yield { list, record }
    }
    if (splitter.pending > LONGEST_RECORD) throw tooLong(name, number + 1)
    if (splitter.frame.length > LONGEST_RECORD * 4)
      throw unsound(name, 'it is not a list of records')
  }
  let sound: boolean
  try {
    sound = splitter.pending === 0 && isSound(splitter.frame, depth)
  } catch (cause) {
    throw unsound(name, `it breaks off or is damaged after record ${number}`, cause)
  }
  if (!sound) throw unsound(name, 'not all of it is a list of records')
  onFrame?.(splitter.frame)
}

class ListSurvey {
  records = 0
  shape: OwnShape | undefined
  readonly #kind: ImportKind
  readonly #file: string
  readonly #columns = new Set<string>()
  readonly #nested = new Set<string>()

  constructor(kind: ImportKind, file: string) {
    this.#kind = kind
    this.#file = file
  }

  /** @throws Fault `usage` if the records have too little in common for a list. */
  add(record: JsonObject): void {
    this.records += 1
    this.#take(record)
    const { size } = this.#columns
    if (size > MANY_COLUMNS && size * this.records > MOST_PLACES) {
      const what = `${this.#file} has ${size} different fields in its first ${this.records} records`
      throw new Fault('usage', `${what}, which is too much for a list`, HINT)
    }
  }

  #take(record: JsonObject): void {
    const keys = Object.keys(record)
    if (this.records === 1) this.shape = ownShape(this.#kind, keys)
    if (this.shape) {
      for (const { name } of propertiesOf(record)) this.#columns.add(name)
      return
    }
    const cells = flatRecord(record, (field) => this.#nested.add(field))
    for (const field of cells.keys()) this.#columns.add(field)
  }

  done(name: string): RecordList {
    const { records, shape } = this
    const nested = [...this.#nested]
    const own = records === 0 ? emptyShape(this.#kind) : shape
    return { name, records, shape: own, columns: [...this.#columns], nested }
  }
}

/** Goes through a JSON file once. */
export async function surveyJson(
  pieces: AsyncIterable<string>,
  depth: RecordDepth,
  name: string,
  kind: ImportKind,
): Promise<JsonSurvey> {
  const lists = new Map<string, ListSurvey>()
  let currency: string | null = null
  const readFrame = (frame: string): void => {
    const around: unknown = depth === 2 ? JSON.parse(frame) : null
    if (!isObject(around)) return
    if (typeof around.currency === 'string') currency = around.currency
    for (const [list, value] of Object.entries(around)) {
      if (Array.isArray(value) && !lists.has(list)) lists.set(list, new ListSurvey(kind, name))
    }
  }
  for await (const { list, record } of recordsOf(pieces, depth, name, readFrame)) {
    let survey = lists.get(list)
    if (!survey) lists.set(list, (survey = new ListSurvey(kind, name)))
    survey.add(record)
  }
  // A text with neither a name nor a record is still a list: `[]`, or no line at all.
  if (depth < 2 && lists.size === 0) lists.set('', new ListSurvey(kind, name))
  return { lists: [...lists].map(([list, survey]) => survey.done(list)), currency }
}

/**
 * The list that is meant: the one named, else the one called like what is imported, else the first
 * that is not empty.
 * @throws Fault `usage` if there is none, or only one of another kind.
 */
export function chooseList(
  { lists }: JsonSurvey,
  kind: ImportKind,
  name: string,
  wish: string | undefined,
): RecordList {
  if (wish !== undefined) {
    const wanted = lists.find((list) => list.name === wish)
    if (wanted) return wanted
    const all = lists.map((list) => list.name).join(', ')
    throw new Fault(
      'usage',
      `${name} has no list “${wish}”`,
      `it has: ${all || 'one without a name'}`,
    )
  }
  const named = lists.find((list) => list.name === kind)
  if (named) return named
  const found = lists.find(({ records }) => records > 0) ?? lists[0]
  if (!found) throw new Fault('usage', `${name} holds no list of records`, HINT)
  const other = IMPORT_KINDS.find((one) => one === found.name)
  if (!other) return found
  const what = `${name} holds ${other}, not ${kind}`
  throw new Fault('usage', what, `funnel import ${other} ${name}`)
}
