import { Fault } from '../../domain/fault.ts'
import type { Logo } from '../../domain/firm/logo.ts'
import type { TemplateBody } from './read.ts'
import type { View } from './view.ts'

/** What an engine says about a template, as a fault. */
function templateFault(error: unknown, name: string): Fault {
  if (error instanceof Fault && error.hint !== undefined) return error
  const [why = ''] = (error instanceof Error ? error.message : String(error)).split('\n')
  const hint = 'see what it can have: funnel template fields'
  return new Fault('usage', `the template ${name} cannot be filled in: ${why}`, hint, error)
}

/**
 * Fills in a template.
 * @param name what it is called, for messages.
 * @throws Fault `usage` if its tags do not fit together, or if it takes too much time or memory.
 */
export async function fillTemplate(
  body: TemplateBody,
  view: View,
  logo: Logo | null,
  name: string,
): Promise<Uint8Array> {
  try {
    if (body.format === 'html') {
      const { fillHtml } = await import('./html.ts')
      return Buffer.from(fillHtml(body.source, view))
    }
    if (body.format === 'docx') {
      const { fillDocx } = await import('./office/docx.ts')
      return await fillDocx(body.files, view, logo)
    }
    const { fillOdt } = await import('./office/odt.ts')
    return fillOdt(body.files, view, logo)
  } catch (error) {
    throw templateFault(error, name)
  }
}
