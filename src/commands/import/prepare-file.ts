import type { Context } from '../../cli/context.ts'
import type { ImportKind } from '../../import/map/fields.ts'
import { isOwn, ownProfile } from '../../import/map/own-export.ts'
import { fromProfile, type Profile } from '../../import/map/profile.ts'
import type { Target } from '../../import/map/propose.ts'
import { knownNames } from '../../import/known-names.ts'
import type { ImportPlan } from '../../import/plan.ts'
import { type Prepared, prepareImport } from '../../import/prepare.ts'
import { findAnswers, listProfiles, recogniseProfile } from '../../import/profiles.ts'
import { type ImportOptions, keptValues, planOf, withKept } from './options.ts'
import { namedProfile } from './profile.ts'
import type { NamedFile } from './spool.ts'

/** A file with how it is to be read. */
export interface PreparedFile {
  plan: ImportPlan
  prepared: Prepared
  kept: ImportOptions
  /** What the columns were read by. */
  profile: Profile | undefined
  notes: string[]
}

/** The file's table and columns, with what a profile says of such a file. */
export async function prepareFile(
  context: Context,
  kind: ImportKind,
  source: NamedFile,
  options: ImportOptions,
): Promise<PreparedFile> {
  const { db, store, settings } = await context.book()
  const { code } = settings.currency
  const names = { ...knownNames(store), currency: code }
  const isOff = options.profile?.trim().toLowerCase() === 'none'
  const profiles = options.profile !== undefined || isOff ? [] : await listProfiles(db, kind)
  let profile: Profile | undefined =
    options.profile === undefined || isOff
      ? undefined
      : await namedProfile(context, kind, options.profile)
  let kept = withKept(options, profile?.options ?? {})
  const saved = (headers: string[]): Map<string, Target> | undefined => {
    // Answers are for the person at the terminal; a script reads a file as it always did.
    const answers = context.interactive ? findAnswers(profiles, headers) : undefined
    if (!isOff)
      profile ??= answers ?? ownProfile(kind, headers) ?? recogniseProfile(profiles, headers)
    return profile && fromProfile(profile)
  }
  let prepared = await prepareImport(planOf(kind, source, kept, code), saved, names)
  const notes: string[] = []
  if (profile && options.profile === undefined) {
    kept = withKept(options, profile.options ?? {})
    if (kept.encoding !== options.encoding) {
      prepared = await prepareImport(planOf(kind, source, kept, code), saved, names)
    }
    const what =
      profile.answered === undefined
        ? `The profile “${profile.name}” fits this file`
        : `Columns as you answered on ${profile.answered}`
    if (!isOwn(profile)) notes.push(`${what} (--profile none leaves it out).`)
  }
  const plan = planOf(kind, source, kept, code, keptValues(profile?.options))
  return { plan, prepared, kept, profile, notes }
}
