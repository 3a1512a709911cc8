package dev.firn.cli.peer;

import java.util.List;

/**
 * One thing that will not be as it was.
 *
 * @param keys the other tool's settings that it is about; none where it is about what the file does not say
 * @param line where the first of them stands, 0 where there is none
 * @param there what the other tool does
 * @param here what Firn does
 */
public record Finding(Weight weight, List<String> keys, int line, String there, String here) {

    public Finding {
        keys = List.copyOf(keys);
    }

    static Finding about(Weight weight, List<Setting> settings, String there, String here) {
        return new Finding(
                weight,
                settings.stream().map(Setting::key).toList(),
                settings.isEmpty() ? 0 : settings.get(0).line(),
                there,
                here);
    }
}
