package dev.firn.devstack.orders;

import java.util.List;
import java.util.SplittableRandom;

/** The texts that the shop's records are made of; some need more than ASCII. */
final class Words {

    record Place(String city, String zip, String country) {}

    static final List<String> REGIONS = List.of("EU", "EU", "EU", "US", "US", "APAC");
    static final List<String> NOTES = List.of(
            "ring twice",
            "leave it with the neighbour",
            "no substitutes, please",
            "Bitte an der Tür abstellen – Grüße!",
            "laisser à l'accueil du café",
            "ギフト包装をお願いします",
            "请在周末送货",
            "fragile 📦, thank you 🙏",
            "call before you deliver",
            "back door");
    static final List<String> COMMENTS = List.of(
            "arrived broken", "arrived after the party", "zu spät geliefert", "couleur différente de la photo", "");
    static final List<String> TAGS = List.of("winter", "sale", "new", "bulk", "fragile", "été", "b2b");
    static final List<String> STREETS =
            List.of("Main Street", "Hauptstraße", "Rue de l'Église", "Storgatan", "Calle Mayor", "桜通り", "Hill Road");

    private static final List<String> NAMES = List.of(
            "ada", "grace", "alan", "edsger", "barbara", "donald", "frances", "ken", "radia", "tony", "margaret");
    private static final List<Place> EUROPE = List.of(
            new Place("München", "80331", "DE"),
            new Place("Lyon", "69001", "FR"),
            new Place("Malmö", "211 20", "SE"),
            new Place("Kraków", "30-001", "PL"));
    private static final List<Place> AMERICA = List.of(
            new Place("Portland", "97201", "US"),
            new Place("Boston", "02108", "US"),
            new Place("Austin", "73301", "US"));
    private static final List<Place> ASIA = List.of(
            new Place("大阪", "530-0001", "JP"),
            new Place("Singapore", "049483", "SG"),
            new Place("Sydney", "2000", "AU"));
    private static final List<Place> NOWHERE = List.of(new Place("Testville", "00000", "ZZ"));

    private Words() {}

    static <T> T pick(List<T> values, SplittableRandom random) {
        return values.get(random.nextInt(values.size()));
    }

    static String email(long customer) {
        return NAMES.get((int) (customer % NAMES.size())) + "." + customer + "@example.org";
    }

    static List<Place> places(String region) {
        return switch (region) {
            case "EU" -> EUROPE;
            case "US" -> AMERICA;
            case "APAC" -> ASIA;
            default -> NOWHERE;
        };
    }
}
