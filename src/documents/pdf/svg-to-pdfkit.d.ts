declare module 'svg-to-pdfkit' {
  /** Draws a picture onto a document of pdfkit. */
  export default function SVGtoPDF(
    doc: PDFKit.PDFDocument,
    svg: string,
    x: number,
    y: number,
    options: {
      width: number
      height: number
      preserveAspectRatio: string
      assumePt: boolean
      fontCallback: (family: string, bold: boolean, italic: boolean) => string
      imageCallback: (link: string) => string
      warningCallback: (warning: string) => void
    },
  ): void
}
