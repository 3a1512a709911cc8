package dev.firn.plan;

/**
 * The topic that gets what goes to quarantine.
 *
 * @param source on whose brokers it is
 */
public record TopicPlan(String topic, String source) {}
