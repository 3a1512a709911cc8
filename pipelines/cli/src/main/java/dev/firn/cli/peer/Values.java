package dev.firn.cli.peer;

import dev.firn.definition.reference.Masking;
import dev.firn.definition.reference.References;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes values of Firn's file of another tool's: references become Firn's, and no secret is taken over. */
final class Values {

    /** As Kafka reads it: a provider, perhaps a path, a key; or a variable that something fills in before. */
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{(?:([^}:]*):)?(?:([^}]*):)?([^}:]*)}");

    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern USER_IN_URL = Pattern.compile("//[^/?#\\s]*@");
    private static final Pattern SECRET_INSIDE =
            Pattern.compile("(?i)(password|pwd|secret|token|accountkey|api[-._]?key)\\s*=|-----BEGIN");
    private static final Pattern SECRET_KEY = Pattern.compile(
            "(?i).*(passw|passphrase|secret|token|jaas|credential|connection-string|api[-._]?key|shared-key|private"
                    + "|user\\.info|keystore\\.key).*");
    private static final Pattern NO_SECRET_KEY =
            Pattern.compile("(?i).*(ur[li]|provider|source|class|enabled|type|-ms)");
    private static final Pattern NO_SECRET = Pattern.compile("(?i)true|false|\\d{1,6}");

    private final Findings findings;

    Values(Findings findings) {
        this.findings = findings;
    }

    /** A value for a place that takes references; a secret becomes one. */
    String value(Setting setting, String name) {
        return isSecret(setting.key(), setting.text()) ? secret(setting, name) : Part.text(translated(setting));
    }

    /** A value for a place that takes text alone. */
    String bare(Setting setting) {
        if (References.standIn(setting.text())) {
            findings.toDo(
                    List.of(setting),
                    "the value is, or holds, a reference",
                    "no reference can stand in this place: write the value itself");
        }
        return setting.text().strip();
    }

    /** A reference, whatever the value is. */
    String secret(Setting setting, String name) {
        String translated = translated(setting);
        if (References.standIn(translated) && !Masking.masked(translated).equals(Masking.MASK)) {
            return Part.text(translated);
        }
        return inItsPlace(setting, name);
    }

    /** A reference in the place of a secret that stands in clear inside a value. */
    String inItsPlace(Setting setting, String name) {
        String file = name(name);
        findings.secret(setting, file);
        return Part.text("${secret:" + file + "}");
    }

    static boolean isSecret(String key, String text) {
        if (USER_IN_URL.matcher(text).find() || SECRET_INSIDE.matcher(text).find()) {
            return true;
        }
        return SECRET_KEY.matcher(key).matches()
                && !NO_SECRET_KEY.matcher(key).matches()
                && !NO_SECRET.matcher(text.strip()).matches();
    }

    private static String name(String key) {
        String name = key.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        return name.isEmpty() ? "secret" : name;
    }

    private String translated(Setting setting) {
        Matcher matcher = REFERENCE.matcher(setting.text());
        StringBuilder translated = new StringBuilder();
        int from = 0;
        while (matcher.find()) {
            translated
                    .append(literal(setting.text().substring(from, matcher.start())))
                    .append(reference(setting, matcher));
            from = matcher.end();
        }
        return translated.append(literal(setting.text().substring(from))).toString();
    }

    private static String literal(String text) {
        return text.replace("${", "$${");
    }

    private String reference(Setting setting, Matcher reference) {
        String provider = String.valueOf(reference.group(1));
        String path = reference.group(2) == null ? "" : reference.group(2);
        String key = reference.group(3);
        if (reference.group(1) == null) {
            return variable(setting, key);
        }
        if (provider.equalsIgnoreCase("env") && VARIABLE.matcher(key).matches()) {
            return "${env:" + key + "}";
        }
        if (provider.equals("file")) {
            return path.isEmpty() ? "${file:" + key + "}" : "${file:" + path + ":" + key + "}";
        }
        if ((provider.equals("dir") || provider.equals("directory")) && !path.isEmpty()) {
            return "${file:" + path + "/" + key + "}";
        }
        String file = name(path + "-" + (key.isEmpty() ? setting.key() : key));
        findings.toDo(
                List.of(setting),
                "a provider of the worker gives the value, and Firn does not know it",
                "the written file refers to `${secret:" + file + "}`: see that the value is in the file `" + file
                        + "` of the folder that `FIRN_SECRETS` names");
        return "${secret:" + file + "}";
    }

    private String variable(Setting setting, String name) {
        if (!VARIABLE.matcher(name).matches()) {
            return "$${" + name + "}";
        }
        findings.toDo(
                List.of(setting),
                "something fills in `${" + name + "}` before the tool reads the file",
                "Firn does that itself: the environment variable `" + name + "` has to be set where it runs");
        return "${env:" + name + "}";
    }
}
