import { ciiText } from '../../domain/einvoice/cii.ts'
import type { EInvoice } from '../../domain/einvoice/model.ts'
import { branch, leaf, nodeText, type XmlNode } from '../../domain/xml.ts'

const NAMESPACE = 'urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#'

/** What the PDF says of the XML in it, and what each of that means. */
const SAID = [
  ['DocumentType', 'INVOICE', 'The type of the hybrid document in capital letters'],
  ['DocumentFileName', 'factur-x.xml', 'The name of the embedded XML document'],
  ['Version', '1.0', 'The version of the standard that applies to the embedded XML document'],
  ['ConformanceLevel', 'EN 16931', 'The conformance level of the embedded XML document'],
] as const

const RESOURCE = { 'rdf:parseType': 'Resource' }

/** The extension schema by which PDF/A allows properties of its own. */
function schema(): XmlNode | undefined {
  const properties = SAID.map(([name, , about]) =>
    branch(
      'rdf:li',
      [
        leaf('pdfaProperty:name', name),
        leaf('pdfaProperty:valueType', 'Text'),
        leaf('pdfaProperty:category', 'external'),
        leaf('pdfaProperty:description', about),
      ],
      RESOURCE,
    ),
  )
  const described = branch(
    'rdf:li',
    [
      leaf('pdfaSchema:schema', 'Factur-X PDFA Extension Schema'),
      leaf('pdfaSchema:namespaceURI', NAMESPACE),
      leaf('pdfaSchema:prefix', 'fx'),
      branch('pdfaSchema:property', [branch('rdf:Seq', properties)]),
    ],
    RESOURCE,
  )
  return branch(
    'rdf:Description',
    [branch('pdfaExtension:schemas', [branch('rdf:Bag', [described])])],
    {
      'rdf:about': '',
      'xmlns:pdfaExtension': 'http://www.aiim.org/pdfa/ns/extension/',
      'xmlns:pdfaSchema': 'http://www.aiim.org/pdfa/ns/schema#',
      'xmlns:pdfaProperty': 'http://www.aiim.org/pdfa/ns/property#',
    },
  )
}

function said(): XmlNode | undefined {
  return branch(
    'rdf:Description',
    SAID.map(([name, value]) => leaf(`fx:${name}`, value)),
    { 'rdf:about': '', 'xmlns:fx': NAMESPACE },
  )
}

/** The XML of an e-invoice as the file that Factur-X embeds in its PDF, with what the PDF says of it. */
export function facturX(invoice: EInvoice) {
  const metadata = [said(), schema()].filter((node) => node !== undefined)
  return {
    name: 'factur-x.xml',
    bytes: new TextEncoder().encode(ciiText(invoice)),
    description: 'Factur-X invoice',
    relationship: 'Alternative',
    xmp: metadata.map(nodeText).join('\n'),
  } as const
}
