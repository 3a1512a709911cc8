package dev.firn.definition.bind;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The option goes with some of the words that the record's option {@code type} can be, and is refused beside the others. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface OfType {
    /** The words that it goes with. */
    String[] value();

    /** Those of them that need it. */
    String[] required() default {};
}
