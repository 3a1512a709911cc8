package dev.firn.schema.infer;

/**
 * One place of the data, for people.
 *
 * @param type in a few words
 * @param count how often it could have been there: of a field, the objects that it is a field of
 * @param absent how often it was missing or null
 * @param values what they range over, or how long they are; empty where there is nothing to say
 */
public record InferredRow(String path, String type, long count, long absent, String values) {}
