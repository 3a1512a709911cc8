/** Schemas of a registry in a folder of files, beside the pipelines that read them, for whoever plans without a network. */
@NullMarked
package dev.firn.schema.folder;

import org.jspecify.annotations.NullMarked;
