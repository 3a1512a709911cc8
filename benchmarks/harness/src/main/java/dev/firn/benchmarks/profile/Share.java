package dev.firn.benchmarks.profile;

/**
 * A part of the time that was sampled.
 *
 * @param share from 0 to 1
 * @param samples that it rests on
 */
public record Share(String name, double share, long samples) {}
