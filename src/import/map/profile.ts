import type { Day } from '../../domain/day.ts'
import type { ImportKind } from './fields.ts'
import { columnKeys, keyed } from './header.ts'
import type { Proposal } from './propose.ts'
import { parseTarget, type Target, writeTarget } from './target.ts'

/** A mapping kept under a name, for the next file of the same shape. */
export interface Profile {
  name: string
  kind: ImportKind
  headers: string[]
  /** By `columnKeys`: a field, `property:Name` or `nothing`. */
  targets: Record<string, string>
  options?: Record<string, string>
  /** By `columnKeys`: how to read a column whose cells can be read in two ways, such as `dmy` or `,`. */
  readings?: Record<string, string>
  /** The day on which a person answered this at the terminal, for a profile that nobody saved by name. */
  answered?: Day
}

/**
 * Keeps the mapping of a file, and the options it was read with.
 * @param readings what a person answered about columns that can be read in two ways, by their index.
 */
export function toProfile(
  name: string,
  kind: ImportKind,
  proposals: readonly Proposal[],
  options: Record<string, string>,
  readings: ReadonlyMap<number, string>,
): Profile {
  const headers = proposals.map(({ header }) => header)
  // fromEntries makes own properties even of `__proto__`, which an assignment does not.
  const targets = Object.fromEntries(
    keyed(proposals).map(([key, { target }]) => [key, writeTarget(target)]),
  )
  const read = Object.fromEntries(
    keyed(proposals).flatMap(([key, { index }]) => {
      const reading = readings.get(index)
      return reading === undefined ? [] : [[key, reading]]
    }),
  )
  return { name, kind, headers, targets, options, ...(readings.size > 0 && { readings: read }) }
}

/** How a profile reads the columns of a file that can be read in two ways, by their index. */
export function readingsOf(
  { readings }: Profile,
  proposals: readonly Proposal[],
): Map<number, string> {
  const byColumn = new Map(Object.entries(readings ?? {}))
  return new Map(
    keyed(proposals).flatMap(([key, { index }]) => {
      const reading = byColumn.get(key)
      return reading === undefined ? [] : [[index, reading]]
    }),
  )
}

/**
 * The targets of a profile by `columnKeys`, as `proposeColumns` takes them.
 * @throws Fault `usage` if it names a field that does not exist.
 */
export function fromProfile({ kind, targets }: Profile): Map<string, Target> {
  return new Map(Object.entries(targets).map(([key, text]) => [key, parseTarget(kind, text)]))
}

/**
 * How well a profile fits a file: the share of its named headers that the file has, in any order,
 * 0…1. Headers `Name, Phone, Fleet` against a file with `phone, name` are 2/3. 0 for a profile
 * without headers.
 */
export function fits(profile: Profile, headers: readonly string[]): number {
  const wanted = columnKeys(profile.headers).filter((key) => !key.startsWith('#'))
  const has = new Set(columnKeys(headers))
  if (wanted.length === 0) return 0
  return wanted.filter((key) => has.has(key)).length / wanted.length
}
