import type { DocumentFields, PaymentCode } from '../../documents/fields.ts'
import type { Screen } from '../../render/screen.ts'
import { widthFor } from '../../render/width.ts'

/** Where the output has no width of its own. */
const USUAL_WIDTH = 80

/** A document as it is read in a terminal, with its payment code. */
export async function documentPreview(
  { width }: Screen,
  fields: DocumentFields,
  code: PaymentCode,
): Promise<string> {
  const { previewText } = await import('../../documents/preview.ts')
  const measure = await widthFor([JSON.stringify(fields)])
  return previewText(fields, code, { width: width ?? USUAL_WIDTH, measure })
}
