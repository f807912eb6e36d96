import { describe, expect, it } from 'vitest'
import { eInvoiceOf } from '../../src/documents/einvoice/from-paper.ts'
import { ciiText } from '../../src/domain/einvoice/cii.ts'
import { ublText } from '../../src/domain/einvoice/ubl.ts'
import { E_CASES } from '../support/einvoice-cases.ts'

// These files are valid by the public rules: npm run einvoice-check -- DIR runs those over them.
describe.each(Object.entries(E_CASES))(
  'the e-invoice “%s”',
  (name, { paper, details, isPeppol }) => {
    const folder = `../golden/einvoices/${isPeppol ? 'peppol' : 'en16931'}`
    const invoice = eInvoiceOf(paper, details)

    it('is written as UBL', async () => {
      await expect(ublText(invoice)).toMatchFileSnapshot(`${folder}/${name}.ubl.xml`)
    })

    it('is written as CII', async () => {
      await expect(ciiText(invoice)).toMatchFileSnapshot(`${folder}/${name}.cii.xml`)
    })
  },
)
