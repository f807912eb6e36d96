// An attribute contains no `<`, so a tag that is never closed ends at the next one: text in which no tag
// ends is read once, not once for each tag.
const ROWS_AND_CELLS = /<table:table-(?:row|cell)(?:\s[^<>]*|\/)?>/g
const STYLES_AND_SHEETS =
  /<(?:style:style|style:table-properties|table:table)(?:\s[^<>]*)?>|<\/style:style>/g

/** How many filled cells an OpenDocument sheet claims to have, its repeated ones counted. */
export function claimedCells(content: string): number {
  let cells = 0
  let rows = 1
  for (const [tag] of content.matchAll(ROWS_AND_CELLS)) {
    const times = Number(/-repeated="(\d+)"/.exec(tag)?.[1] ?? 1)
    if (tag.startsWith('<table:table-row')) rows = times
    else if (/(?:value-type|formula)=/.test(tag)) cells += rows * times
  }
  return cells
}

/** The places of the sheets that an OpenDocument file hides, which SheetJS does not report. */
export function hiddenSheets(content: string): Set<number> {
  const hiding = new Set<string>()
  const hidden = new Set<number>()
  let style: string | undefined
  let sheets = 0
  for (const [tag] of content.matchAll(STYLES_AND_SHEETS)) {
    if (tag.startsWith('</')) style = undefined
    else if (tag.startsWith('<style:style')) {
      style = tag.endsWith('/>') ? undefined : /\sstyle:name="([^"]*)"/.exec(tag)?.[1]
    } else if (tag.startsWith('<style:table-properties')) {
      if (style !== undefined && /\stable:display="false"/.test(tag)) hiding.add(style)
    } else {
      const name = /\stable:style-name="([^"]*)"/.exec(tag)?.[1]
      if (name !== undefined && hiding.has(name)) hidden.add(sheets)
      sheets += 1
    }
  }
  return hidden
}
