// Prints the rows of the Iceberg table in a folder, as JSON, one a line.
import './local-files.mjs'
import { icebergMetadata, icebergRead } from 'icebird'

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
