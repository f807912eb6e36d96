import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { lookAt, type Sight } from '../support/chromium.ts'
import { newFolder, temporaryFolder } from '../support/funnel.ts'
import { yearBook } from '../support/year.ts'

const REPORTS = [
  'open',
  'closed',
  'cohort',
  'losses',
  'sources',
  'owners',
  'bottlenecks',
  'velocity',
  'activity',
  'standards',
]

/** Reports that split their figures, with the widest of their tables. */
const SPLIT = [
  ['closed', '--by', 'owner'],
  ['closed', '--period', 'last-365d', '--compare', 'previous'],
  ['open', '--by', 'owner'],
  ['cohort', '--by', 'source'],
  ['losses', '--by', 'owner'],
  ['sources', '--by', 'owner'],
  ['sources', '--by', 'quarter', '--compare', 'previous'],
  ['velocity', '--by', 'owner'],
  ['owners', '--compare', 'previous'],
]

const FORECASTS = [[], ['--backtest'], ['--horizon', '12m'], ['--weighted']]

let sights: Sight[] = []

/** The year of the demo, with some long names. */
beforeAll(async () => {
  const { ok, folder } = await yearBook(newFolder())
  await ok(
    'client',
    'edit',
    '1',
    '--name',
    'The Long and Winding Harbour Foods Company of the North',
  )
  await ok('owner', 'edit', 'Ann', '--name', 'Annemarie van den Bergh-Oosterhuis')
  const pages: string[] = []
  const paged = async (...words: string[]): Promise<void> => {
    const page = path.join(folder, `${words.join('').replaceAll(/\W+/g, '')}.html`)
    await ok(...words, page)
    pages.push(page)
  }
  for (const words of [...REPORTS.map((name) => [name]), ...SPLIT]) {
    await paged('report', ...words, '--html')
  }
  for (const words of FORECASTS) await paged('forecast', ...words, '--html')
  await paged('snapshot', '--format', 'html', '--out')
  sights = lookAt(pages, [900, 390])
}, 240_000)

describe('a page in a browser', () => {
  it('is seen to be cut where it is', () => {
    const page = path.join(temporaryFolder(), 'wide.html')
    const table = '<table style="width:1200px"><tr><td>too wide</td></tr></table>'
    const scrolled = `<div style="overflow:auto">${table}</div>`
    writeFileSync(page, `<!DOCTYPE html><body>${table}${scrolled}</body>`)
    const [narrow, wide] = lookAt([page], [900, 1300])
    expect(narrow).toMatchObject({ cut: ['too wide', 'too wide'] })
    expect(narrow?.beyond).toBeGreaterThan(250)
    expect(wide).toMatchObject({ beyond: 0, cut: [] })
  })

  it('shows every table whole at 900 pixels, and scrolls sideways at no width', () => {
    expect(sights).toHaveLength(2 * (REPORTS.length + SPLIT.length + FORECASTS.length + 1))
    const wide = sights.filter(({ width, cut }) => width === 900 && cut.length > 0)
    expect(wide).toEqual([])
    expect(sights.filter(({ beyond }) => beyond > 0)).toEqual([])
  })
})
