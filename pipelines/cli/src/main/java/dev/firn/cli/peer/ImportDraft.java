package dev.firn.cli.peer;

import java.util.List;

/** What was made of a file, before it has its form. */
record ImportDraft(String tool, Part file, List<Finding> findings) {}
