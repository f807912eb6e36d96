import { tidyText } from '../../domain/name.ts'

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text as HTML shows it, in an element or in a quoted attribute. */
export function escapeHtml(text: string): string {
  return tidyText(text).replaceAll(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign)
}

/** HTML whose days and weeks (2026-11-16, 2026-W47) stay in one line. */
export function unbroken(html: string): string {
  return html.replaceAll(
    /\d{4}-(?:\d\d-\d\d|W\d\d)/g,
    '<span style="white-space:nowrap;">$&</span>',
  )
}
