package dev.firn.definition.layout;

import java.util.List;

/**
 * A file as it was written.
 *
 * @param header what stands at its top and belongs to no section
 * @param footer what stands behind everything
 * @param comments all of them, wherever they stand
 */
record Document(List<Remark> header, Written root, List<Remark> footer, List<String> comments) {}
