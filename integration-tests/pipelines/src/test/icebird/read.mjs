// Prints the rows of the Iceberg table in a folder, as JSON, one a line.
import { open, stat } from 'node:fs/promises'
import { icebergMetadata, icebergRead } from 'icebird'

// icebird reads with fetch, which refuses files: it asks for a file's size, for ranges of it, or for all of it.
globalThis.fetch = async (url, { method, headers } = {}) => {
  const path = String(url).replace(/^file:(\/\/)?/, '')
  const size = await stat(path).then(({ size }) => size, () => undefined)
  if (size === undefined) return new Response('', { status: 404 })
  if (method === 'HEAD') return new Response(null, { headers: { 'content-length': String(size) } })
  const range = new Headers(headers).get('range')?.match(/^bytes=(\d+)-(\d*)$/)
  const [from, to] = range ? [Number(range[1]), range[2] ? Number(range[2]) : size - 1] : [0, size - 1]
  const file = await open(path)
  try {
    const buffer = new Uint8Array(to - from + 1)
    const { bytesRead } = await file.read(buffer, 0, buffer.length, from)
    return new Response(buffer.subarray(0, bytesRead), { status: range ? 206 : 200 })
  } finally {
    await file.close()
  }
}

/** A column's value as text that Java can compare: what JSON has no word for is spelled by the column's type. */
const spelled = (value, type) => {
  if (value instanceof Date) {
    const text = value.toISOString().replace('Z', '000')
    return type === 'date' ? text.slice(0, 10) : type === 'timestamptz' ? text + 'Z' : text
  }
  const decimal = /^decimal\(\d+, ?(\d+)\)$/.exec(type)
  return decimal && typeof value === 'number' ? value.toFixed(Number(decimal[1])) : value
}

const asJson = (_, value) => {
  if (typeof value === 'bigint' || (typeof value === 'number' && !Number.isFinite(value))) return String(value)
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex')
  return value === undefined ? null : value
}

const tableUrl = process.argv[2]
const metadata = await icebergMetadata({ tableUrl })
const schema = metadata.schemas.find((one) => one['schema-id'] === metadata['current-schema-id'])
for (const row of await icebergRead({ tableUrl, metadata })) {
  const columns = schema.fields.map(({ name, type }) => [name, spelled(row[name], type)])
  console.log(JSON.stringify(Object.fromEntries(columns), asJson))
}
