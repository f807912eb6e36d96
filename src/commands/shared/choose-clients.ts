import { list, option, type Values } from '../../cli/command.ts'
import type { Context } from '../../cli/context.ts'
import { conditionAids } from './condition-aids.ts'
import type { DealTest } from '../../records/choose/deals.ts'
import type { ClientTest } from '../../records/choose/index.ts'

/** What a condition looks like, for the help of commands that take some. */
export const WHERE_HELP =
  'A condition is a field, a comparison and a value: region=North,South, size!=small, ' +
  'name~pier, consent=yes, category=expo, owner=none, last-contact>30d, added>=2026-01-01, ' +
  'open-deals=0, property:Fleet>10; a field alone means that it has a value. A field of a deal ' +
  'follows deal: (deal:tag=expo, deal:amount>10000, deal:property:Colour=red); where clients are ' +
  'listed, one of their deals must meet all such conditions. Several ' +
  'conditions must all be met. Put them in quotes, as the shell takes a bare > for itself.'

export const whereOption = list(
  '--where <condition>',
  'only clients that meet this condition (repeatable)',
)

/** The options of every command that chooses clients. */
export const chooseOptions = {
  where: whereOption,
  segment: option('--segment <segment>', 'only clients in this segment'),
}

/** What was chosen: the test, undefined if every client fits, and how it was asked for. */
export interface Choice {
  test: ClientTest | undefined
  /** One line each, for the subtitle of what is shown. */
  described: string[]
  /** The segment's name, and the conditions as they were given. */
  texts: string[]
}

const EVERYONE: Choice = { test: undefined, described: [], texts: [] }

/** What is chosen where the records are deals: a condition on a deal is then about each of them. */
export interface DealChoiceRead extends Choice {
  deals: DealTest | undefined
  /** The conditions on deals as they were given; `texts` has the others. */
  dealTexts: string[]
}

/** Reads which deals are chosen, by their clients and by what they are themselves. */
export async function readDealChoice(
  context: Context,
  { where = [], segment }: Partial<Values<typeof chooseOptions>>,
): Promise<DealChoiceRead> {
  const dealTexts = where.filter((text) => /^\s*deal:/i.test(text))
  const others = where.filter((text) => !dealTexts.includes(text))
  const choice = await readChoice(context, { where: others, segment })
  if (dealTexts.length === 0) return { ...choice, deals: undefined, dealTexts }
  const { dealTest, sortConditions } = await import('../../records/choose/deals.ts')
  const { db } = await context.book()
  const { deals } = sortConditions(dealTexts)
  const test = await dealTest(db, deals, await context.today(), conditionAids(context))
  return { ...choice, deals: test, dealTexts }
}

/** Reads which clients are chosen. */
export async function readChoice(
  context: Context,
  { where = [], segment }: Partial<Values<typeof chooseOptions>>,
): Promise<Choice> {
  if (where.length === 0 && segment === undefined) return EVERYONE
  const [{ clientTest }, { findSegment }] = await Promise.all([
    import('../../records/choose/index.ts'),
    import('../../records/segments.ts'),
  ])
  const { db } = await context.book()
  const kept = segment === undefined ? undefined : await findSegment(db, segment)
  const conditions = [...(kept?.conditions ?? []), ...where]
  const test = await clientTest(db, conditions, await context.today(), conditionAids(context))
  return {
    test,
    described: [
      ...(kept ? [`Segment: ${kept.name} (${kept.conditions.join(', ')})`] : []),
      ...(where.length > 0 ? [`Where: ${where.join(', ')}`] : []),
    ],
    texts: [...(kept ? [`segment ${kept.name}`] : []), ...where],
  }
}
