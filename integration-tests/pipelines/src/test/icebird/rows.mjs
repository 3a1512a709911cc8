// Prints the rows of Iceberg tables as of their metadata files, as JSON, one a line: [the file's number, row]. icebird finds the data
// files, hyparquet reads them, and each field, however deep, is found by its id: icebird itself goes by names inside a column.
import './local-files.mjs'
import { asyncBufferFromUrl, parquetMetadataAsync, parquetReadObjects } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'
import { icebergManifests, icebergMetadata } from 'icebird'

const DELETED = 2

/** The elements of a Parquet schema as a tree: they are listed depth first. */
const tree = (elements) => {
  const element = elements.shift()
  return { ...element, children: Array.from({ length: element.num_children ?? 0 }, () => tree(elements)) }
}

const struct = (value, fields, children) =>
  Object.fromEntries(
    fields.map(({ id, name, type }) => {
      const written = children.find(({ field_id }) => field_id === id)
      return [name, written ? seen(value[written.name], type, written) : null]
    }),
  )

const one = (ids, id) => {
  if (ids[0].field_id !== id) throw new Error(`a file has ${ids[0].field_id} where the table has ${id}`)
  return ids[0]
}

const seen = (value, type, written) => {
  if (value === null || value === undefined) return null
  if (type.type === 'struct') return struct(value, type.fields, written.children)
  if (type.type === 'list') {
    const element = one(written.children[0].children, type['element-id'])
    return value.map((item) => seen(item, type.element, element))
  }
  if (type.type === 'map') {
    const entry = one(written.children[0].children.slice(1), type['value-id'])
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, seen(item, type.value, entry)]))
  }
  if (type === 'float' || type === 'double') return Number.isInteger(value) ? value.toFixed(1) : String(value)
  return String(value)
}

const dataFiles = async (metadata) =>
  (await icebergManifests(metadata))
    .flatMap(({ entries }) => entries)
    .filter(({ status }) => status !== DELETED)
    .map(({ data_file }) => {
      if (data_file.content) throw new Error('the table has delete files')
      return data_file
    })

for (const [number, file] of process.argv.slice(2).entries()) {
  const [tableUrl, metadataFileName] = file.split(/\/metadata\/(?=[^/]*$)/)
  const metadata = await icebergMetadata({ tableUrl, metadataFileName })
  const { fields } = metadata.schemas.find((schema) => schema['schema-id'] === metadata['current-schema-id'])
  for (const { file_path, file_size_in_bytes } of await dataFiles(metadata)) {
    const parquet = await asyncBufferFromUrl({ url: file_path, byteLength: Number(file_size_in_bytes) })
    const { children } = tree([...(await parquetMetadataAsync(parquet)).schema])
    for (const row of await parquetReadObjects({ file: parquet, compressors })) {
      console.log(JSON.stringify([number, struct(row, fields, children)]))
    }
  }
}
