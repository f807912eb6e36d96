import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** Where Debian's package puts it; a missing program is a failure of the test that wants it. */
const CHROMIUM = '/usr/bin/chromium'

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--allow-file-access-from-files',
  '--virtual-time-budget=5000',
  '--dump-dom',
]

/** What stands out of a page of some width. */
export interface Sight {
  page: string
  width: number
  /** How far the page can be scrolled to the right, in pixels; 0 where all of it is seen. */
  beyond: number
  /** Texts of tables that are cut at the right edge, or can be seen by scrolling alone. */
  cut: string[]
}

/** Looks at each page in a frame of each width, and writes down what is cut. */
const LOOK = `
async function look(page, width) {
  const frame = document.createElement('iframe')
  frame.style.cssText = 'border:0;height:2000px;width:' + width + 'px'
  frame.src = page
  document.body.append(frame)
  await new Promise((loaded) => { frame.onload = loaded })
  const inside = frame.contentDocument
  const root = inside.documentElement
  const cut = [...inside.querySelectorAll('table')].filter((table) => {
    const scroller = table.parentElement
    const isScrolled = scroller.scrollWidth > scroller.clientWidth + 1
    return table.getBoundingClientRect().right > width + 1 || isScrolled
  })
  const beyond = Math.max(0, root.scrollWidth - root.clientWidth)
  const texts = cut.map((table) => table.textContent.slice(0, 60))
  frame.remove()
  return { page, width, beyond, cut: texts }
}
const seen = []
for (const [page, width] of WANTED) seen.push(await look(page, width))
const out = document.createElement('pre')
out.id = 'seen'
out.textContent = btoa(unescape(encodeURIComponent(JSON.stringify(seen))))
document.body.append(out)
`

/** Looks at pages of HTML in a real browser, at the widths given. */
export function lookAt(pages: readonly string[], widths: readonly number[]): Sight[] {
  const folder = mkdtempSync(path.join(tmpdir(), 'funnel-look-'))
  try {
    const wanted = pages.flatMap((page) => widths.map((width) => [`file://${page}`, width]))
    const script = LOOK.replace('WANTED', JSON.stringify(wanted))
    const file = path.join(folder, 'look.html')
    writeFileSync(
      file,
      `<!DOCTYPE html><meta charset="utf-8"><body><script type="module">${script}</script></body>`,
    )
    const args = [...FLAGS, `--user-data-dir=${folder}/profile`, `file://${file}`]
    const { status, stdout, stderr, error } = spawnSync(CHROMIUM, args, {
      encoding: 'utf8',
      timeout: 120_000,
    })
    const [, text] = /<pre id="seen">([^<]*)<\/pre>/.exec(stdout ?? '') ?? []
    if (text === undefined) throw new Error(`chromium (${status}): ${error ?? stderr}`)
    return JSON.parse(Buffer.from(text, 'base64').toString()) as Sight[]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
