import { Fault } from '../domain/fault.ts'

type Json = Record<string, unknown>

const MOST_DAYS = 999_999_999

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** What a file of JSON is read as: its name, and what writes such a file. */
export interface JsonFile {
  /** As people are told of it: `company.json`. */
  name: string
  /** What to do about a file that cannot be read. */
  hint: string
}

/** An object of a list, and its name. */
export interface NamedValues {
  name: string
  of: JsonValues
}

/** The values of one object of a file, each as what it is to be. */
export class JsonValues {
  readonly #of: Json
  readonly #what: string
  readonly #hint: string

  constructor(of: Json, what: string, hint: string) {
    this.#of = of
    this.#what = what
    this.#hint = hint
  }

  /** @throws Fault `usage` that says where in the file the value is wrong. */
  refuse(why: string, hint = this.#hint): never {
    throw new Fault('usage', `${this.#what}: ${why}`, hint)
  }

  #wrong(key: string, wanted: string): never {
    return this.refuse(`“${key}” is not ${wanted}`)
  }

  /** @throws Fault `usage` if the object has a key that nobody would read. */
  only(keys: readonly string[]): this {
    const unknown = Object.keys(this.#of).find((key) => !keys.includes(key))
    if (unknown === undefined) return this
    return this.refuse(`“${unknown}” is not known here`, `known are: ${keys.join(', ')}`)
  }

  has(key: string): boolean {
    return this.#of[key] !== undefined
  }

  /** A text, read by a function if one is given; null is not known. */
  text<T = string>(key: string, read = (text: string): T => text as T): T | null {
    const value = this.#of[key] ?? null
    if (value === null || value === '') return null
    if (typeof value !== 'string') return this.#wrong(key, 'a text')
    return this.#read(value, read)
  }

  #read<T>(text: string, read: (text: string) => T): T {
    try {
      return read(text)
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      throw new Fault('usage', `${this.#what}: ${error.message}`, error.hint ?? this.#hint, error)
    }
  }

  needed<T = string>(key: string, read?: (text: string) => T): T {
    const text = this.text(key, read)
    return text === null ? this.#wrong(key, 'there') : text
  }

  /** A whole number of days; null is not known. */
  days(key: string, least: 0 | 1 = 0, most = MOST_DAYS): number | null {
    const value = this.#of[key] ?? null
    if (value === null) return null
    if (Number.isInteger(value) && Number(value) >= least && Number(value) <= most) {
      return Number(value)
    }
    return this.#wrong(key, least === 0 ? 'a number of days' : 'a number of days from 1 on')
  }

  neededDays(key: string, most?: number): number {
    const days = this.days(key, 0, most)
    return days === null ? this.#wrong(key, 'there') : days
  }

  /** A part of a whole, 0…1; null is not known. */
  share(key: string): number | null {
    const value = this.#of[key] ?? null
    if (value === null) return null
    if (typeof value === 'number' && value >= 0 && value <= 1) return value
    return this.refuse(`“${key}” is not a number from 0 to 1`, '40% is written as 0.4')
  }

  flag(key: string): boolean {
    const value = this.#of[key] ?? false
    return typeof value === 'boolean' ? value : this.#wrong(key, 'true or false')
  }

  object(key: string): JsonValues | null {
    const value = this.#of[key] ?? null
    if (value === null) return null
    if (!isObject(value)) return this.#wrong(key, 'an object')
    return new JsonValues(value, `${this.#what}, ${key}`, this.#hint)
  }

  #list(key: string): unknown[] {
    const value = this.#of[key] ?? []
    return Array.isArray(value) ? value : this.#wrong(key, 'a list')
  }

  /** The texts of a list, each read by a function. */
  texts<T>(key: string, read: (text: string) => T): T[] {
    return this.#list(key).map((value) =>
      typeof value === 'string' ? this.#read(value, read) : this.#wrong(key, 'a list of texts'),
    )
  }

  /**
   * The objects of a list, each with its name.
   * @param keys those that they may have.
   * @param by the key of the name.
   */
  list(key: string, keys: readonly string[], by = 'name'): NamedValues[] {
    return this.#list(key).map((entry, at) => {
      const what = `${key} ${at + 1}`
      if (!isObject(entry)) return this.#wrong(what, 'an object')
      const of = new JsonValues(entry, `${this.#what}, ${what}`, this.#hint).only(keys)
      return { name: of.needed(by), of }
    })
  }
}

/**
 * Reads a file that is one object.
 * @param has a key that it must have, and what it then is: `a file of a company`.
 * @throws Fault `usage` if it is anything else.
 */
export function readJson(
  text: string,
  { name, hint }: JsonFile,
  has: { key: string; what: string },
): JsonValues {
  let value: unknown
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (cause) {
    throw new Fault('usage', `${name} is not JSON`, hint, cause)
  }
  if (!isObject(value) || typeof value[has.key] !== 'object' || value[has.key] === null) {
    throw new Fault('usage', `${name} is not ${has.what}`, hint)
  }
  return new JsonValues(value, name, hint)
}
