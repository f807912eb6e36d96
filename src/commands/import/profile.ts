import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Context } from '../../cli/context.ts'
import { Fault } from '../../domain/fault.ts'
import type { ImportKind } from '../../import/map/fields.ts'
import type { Profile } from '../../import/map/profile.ts'
import { unreadable } from '../../import/read/file.ts'
import { findProfile } from '../../import/profiles.ts'

const EXPORTED = /\.json$/i
const HINT = 'funnel profile export writes such a file'

function isTexts(value: unknown): value is Record<string, string> {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
  return isObject && Object.values(value).every((text) => typeof text === 'string')
}

function textOf(file: string, name: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw unreadable(error, name)
  }
}

function parse(text: string, name: string): Partial<Profile> {
  try {
    const found: unknown = JSON.parse(text)
    return typeof found === 'object' && found !== null ? found : {}
  } catch (cause) {
    throw new Fault('usage', `${name} is not a profile: it is not JSON`, HINT, cause)
  }
}

/** Reads what `profile export` wrote. @throws Fault `usage` if it is anything else. */
function readProfile(file: string, name: string): Profile {
  const { kind, headers, targets, options, readings } = parse(textOf(file, name), name)
  const isList = Array.isArray(headers) && headers.every((header) => typeof header === 'string')
  const isRead = [options, readings].every((texts) => texts === undefined || isTexts(texts))
  if (kind && isList && isTexts(targets) && isRead) {
    return {
      name: path.basename(name, '.json'),
      kind,
      headers,
      targets,
      ...(options && { options }),
      ...(readings && { readings }),
    }
  }
  throw new Fault('usage', `${name} is not a profile`, HINT)
}

/** The profile of a name, or of a file ending in `.json`, for one kind of import. */
export async function namedProfile(
  context: Context,
  kind: ImportKind,
  name: string,
): Promise<Profile> {
  const profile = EXPORTED.test(name)
    ? readProfile(path.resolve(context.io.cwd, name), name)
    : await findProfile((await context.book()).db, name)
  if (profile.kind === kind) return profile
  const message = `the profile “${profile.name}” is for ${profile.kind}, not for ${kind}`
  throw new Fault('usage', message, `use it with: funnel import ${profile.kind}`)
}
