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
