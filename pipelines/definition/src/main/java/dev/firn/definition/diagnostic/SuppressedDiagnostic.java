package dev.firn.definition.diagnostic;

/** A complaint that is meant, and why. */
public record SuppressedDiagnostic(Diagnostic diagnostic, String reason) {}
