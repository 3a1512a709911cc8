/**
 * Kafka serializers that are not Firn's, in a process of their own, since their jars and Firn's don't mix: any that Kafka
 * could be given, by the name of its class, and two that are at hand.
 */
@NullMarked
package dev.firn.serializers;

import org.jspecify.annotations.NullMarked;
