declare module 'asciichart' {
  interface Config {
    height?: number
    min?: number
    max?: number
    offset?: number
    padding?: string
    symbols?: string[]
    format?: (value: number, index: number) => string
  }
  const asciichart: { plot: (series: number[] | number[][], config?: Config) => string }
  export default asciichart
}
