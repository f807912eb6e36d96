import { describe, expect, it } from 'vitest'
import { chartHtml } from '../../src/render/html/charts.ts'
import { toHtml } from '../../src/render/html/page.ts'
import { type Chart, listReport } from '../../src/domain/table.ts'

describe('a forecast’s picture on a page', () => {
  const html = chartHtml(
    {
      kind: 'fan',
      title: 'Won deals by month',
      unit: 'count',
      points: [
        { label: '2026-10', value: 10 },
        { label: '2026-11', mean: 6, p10: 5, p90: 8, won: 4 },
        { label: '2026-12', mean: 5, p10: 2, p90: 8, won: 0 },
      ],
    },
    null,
  )

  it('draws what the period has brought already below its band', () => {
    // 4 of 10 are 40 of 100 high; the band is from 5 to 8.
    expect(html).toMatch(/<rect class="won"[^>]* y="60" [^>]*height="40"\/><rect class="band"/)
    expect(html).toMatch(/<rect class="band"[^>]* y="20" [^>]*height="30"\/>/)
    // October, November, and the mark in the legend.
    expect(html.match(/class="won"/g)).toHaveLength(3)
  })

  it('says what its colours mean', () => {
    const text = html.slice(html.indexOf('class="legend"')).replaceAll(/<[^>]*>/g, ' ')
    expect(text.replaceAll(/\s+/g, ' ')).toContain('won expected P10 to P90')
  })
})

describe('a page of groups', () => {
  it('has a picture of each group that has one, named and escaped', () => {
    const columns = [{ key: 'stage', label: 'Stage', type: 'text' } as const]
    const chart: Chart = {
      kind: 'funnel',
      title: 'Number of deals',
      unit: 'count',
      bars: [{ label: 'Talks', value: 3, notes: [] }],
    }
    const group = (label: string) => ({ key: label, label, rows: [], totals: null })
    const page = toHtml({
      ...listReport('closed', 'Closed', { key: 'stages', columns, rows: [{ stage: 'Talks' }] }),
      groups: {
        by: 'owner',
        bands: [],
        groups: [{ ...group('<Ann>'), chart }, group('Bo')],
      },
    })
    expect(page).toContain('<figcaption>&lt;Ann&gt;: Number of deals</figcaption>')
    expect(page).not.toContain('Bo: Number')
  })
})
