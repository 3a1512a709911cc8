// Prints the data files that are in an Iceberg table as of a metadata file, one a line.
import './local-files.mjs'
import { icebergManifests, icebergMetadata } from 'icebird'

const DELETED = 2

const [tableUrl, metadataFileName] = process.argv.slice(2)
const metadata = await icebergMetadata({ tableUrl, metadataFileName })
for (const { entries } of await icebergManifests(metadata)) {
  for (const { status, data_file } of entries.filter((entry) => entry.status !== DELETED)) {
    if (data_file.content) throw new Error('the table has delete files')
    console.log(data_file.file_path.replace(/^file:(\/\/)?/, ''))
  }
}
