import { keyed } from '../domain/header-key.ts'
import { nameKey } from '../domain/name.ts'

/** What of a profile of imports names entries of the book. */
interface Kept {
  headers?: string[]
  targets?: Record<string, string>
  options?: Record<string, string>
}

type Replace = (name: string) => string | undefined

const PROPERTY = /^(property:\s*)(.+)$/is

/** `owner=Ann`: the default of a field. */
function inDefault(line: string, noun: string, replace: Replace): string {
  const [, field = '', name = ''] = /^([^=]*)=(.*)$/s.exec(line) ?? []
  const now = field.trim().toLowerCase() === noun ? replace(name.trim()) : undefined
  return now === undefined ? line : `${field}=${now}`
}

/** What the column is read as that a value is of: the longest beginning that is a header, else a field. */
function fieldOf(left: string, { headers = [], targets = {} }: Kept): string | undefined {
  const columns = keyed(headers.map((header, index) => ({ header, index })))
  const splits = [...left.matchAll(/:/g)].map(({ index }) => index)
  for (const split of splits.toReversed()) {
    const title = nameKey(left.slice(0, split))
    const found = columns.find(
      ([, { header, index }]) => nameKey(header) === title || `#${index + 1}` === title,
    )
    if (found) return Object.hasOwn(targets, found[0]) ? targets[found[0]] : undefined
  }
  return left.slice(0, splits[0]).trim().toLowerCase()
}

/** `Stage:Angebot raus=Proposal`: what a value of a column stands for. */
function inValue(line: string, noun: string, profile: Kept, replace: Replace): string {
  const split = line.lastIndexOf('=')
  const left = line.slice(0, split)
  if (split < 1 || fieldOf(left, profile) !== noun) return line
  const now = replace(line.slice(split + 1).trim())
  return now === undefined ? line : `${left}=${now}`
}

/** The properties that columns are read as. */
function inTargets({ targets = {} }: Kept, _noun: string, replace: Replace): Kept {
  const renamed = Object.entries(targets).map(([key, target]) => {
    const [, prefix = '', name = ''] = PROPERTY.exec(target) ?? []
    const now = name === '' ? undefined : replace(name)
    return [key, now === undefined ? target : prefix + now] as const
  })
  return { targets: Object.fromEntries(renamed) }
}

/** The defaults of fields, what values stand for, and the process. */
function inOptions(profile: Kept, noun: string, replace: Replace): Kept {
  const { options = {} } = profile
  const changed = Object.entries(options).map(([key, option]) => {
    if (key === 'process' && noun === 'process') return [key, replace(option) ?? option] as const
    const change =
      key === 'default'
        ? (line: string) => inDefault(line, noun, replace)
        : key === 'value'
          ? (line: string) => inValue(line, noun, profile, replace)
          : undefined
    return [key, change ? option.split('\n').map(change).join('\n') : option] as const
  })
  return { options: Object.fromEntries(changed) }
}

/**
 * The text of a profile with other names: in its defaults, in what values stand for, in its process, and in the
 * properties that its columns are read as.
 */
export function inProfile(text: string, noun: string, name: Replace): string {
  const profile = JSON.parse(text) as Kept
  let isOther = false
  const replace: Replace = (before) => {
    const now = name(before)
    isOther ||= now !== undefined
    return now
  }
  const changed = {
    ...profile,
    ...(noun === 'property' ? inTargets : inOptions)(profile, noun, replace),
  }
  return isOther ? JSON.stringify(changed) : text
}
