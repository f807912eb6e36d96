/** How many filled cells an OpenDocument sheet claims to have, its repeated ones counted. */
export function claimedCells(content: string): number {
  let cells = 0
  let rows = 1
  for (const [tag] of content.matchAll(/<table:table-(?:row|cell)(?:\s[^>]*|\/)?>/g)) {
    const times = Number(/-repeated="(\d+)"/.exec(tag)?.[1] ?? 1)
    if (tag.startsWith('<table:table-row')) rows = times
    else if (/(?:value-type|formula)=/.test(tag)) cells += rows * times
  }
  return cells
}

/** The places of the sheets that an OpenDocument file hides, which SheetJS does not tell. */
export function hiddenSheets(content: string): Set<number> {
  const styles = new Set<string>()
  for (const [style, name] of content.matchAll(
    /<style:style\b[^>]*?style:name="([^"]*)"[^>]*(?<!\/)>.*?<\/style:style>/gs,
  )) {
    if (name && /<style:table-properties\b[^>]*table:display="false"/.test(style)) styles.add(name)
  }
  const tables = [...content.matchAll(/<table:table(?:\s[^>]*)?>/g)]
  const hidden = tables.flatMap(([tag], index) => {
    const style = /table:style-name="([^"]*)"/.exec(tag)?.[1]
    return style !== undefined && styles.has(style) ? [index] : []
  })
  return new Set(hidden)
}
