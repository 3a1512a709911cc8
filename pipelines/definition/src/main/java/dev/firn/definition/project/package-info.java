/** What stands around a pipeline file: the project file {@code firn.yaml} with catalogs by name and environments, laid over the file before it is bound. */
@NullMarked
package dev.firn.definition.project;

import org.jspecify.annotations.NullMarked;
