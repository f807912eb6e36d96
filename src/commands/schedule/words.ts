import path from 'node:path'
import type { CommandSpec, OptionSpec } from '../../cli/command.ts'

type Specs = CommandSpec['options']

/** An option's name as it is typed: `--mail-to` of `--mail-to <address>`. */
export function nameOf({ flags }: OptionSpec<unknown>): string {
  return flags.split(' ', 1)[0] ?? flags
}

/**
 * An option that is read as its command reads it, so that a mistake shows at once, but kept as
 * typed, since it is typed again each time. Files get absolute paths: cron starts elsewhere.
 */
export function asTyped(spec: OptionSpec<unknown>): OptionSpec<unknown> {
  const { read, repeat } = spec
  if (!read || repeat) return spec
  return {
    ...spec,
    async read(text, context) {
      await read(text, context)
      const isFile = /<file>/.test(spec.flags) && text !== '-'
      return isFile ? path.resolve(context.io.cwd, text) : text
    },
  }
}

/** The words of a command line that give these options these values. */
export function wordsOf(specs: Specs, values: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(specs).flatMap(([key, spec]) => {
    const value = values[key]
    if (value === undefined || value === false) return []
    const name = nameOf(spec)
    if (value === true) return [name]
    const texts = Array.isArray(value) ? (value as string[]) : [value as string]
    return texts.flatMap((text) => (text.startsWith('-') ? [`${name}=${text}`] : [name, text]))
  })
}
