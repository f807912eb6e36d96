import type { Locale } from '../domain/locale.ts'
import type { Report } from '../domain/table.ts'

/** The formats of a page. */
export const PAGE_FORMATS = ['text', 'md', 'html', 'json'] as const

export type PageFormat = (typeof PAGE_FORMATS)[number]

/** The screen that text is drawn for when nobody is at a terminal: as wide as a mail. */
const MAIL_SCREEN = { terminal: true, colour: false, unicode: true, width: 78, height: null }

/** A report as text for a mail or a file: what does not fit the line is named below its table. */
async function pageText(report: Report): Promise<string> {
  const { render } = await import('../render/index.ts')
  // The first line says what the totals say.
  return render({ ...report, totals: null }, 'screen', MAIL_SCREEN)
}

/** A page in a format; for people, numbers and days are as the locale writes them. */
export async function pageIn(
  report: Report,
  format: PageFormat,
  locale: Locale | null,
): Promise<string> {
  if (format === 'json') return (await import('../render/json.ts')).toJson(report)
  const { localised } = await import('../render/localise.ts')
  const { sanitiseReport: harmless } = await import('../render/sanitise.ts')
  const shown = harmless(localised(report, locale))
  if (format === 'text') return pageText(shown)
  if (format === 'md') return (await import('../render/markdown.ts')).toMarkdown(shown)
  return (await import('../render/mail-html.ts')).toMailHtml(shown)
}
