package dev.firn.connector.cdc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.definition.SourceDefinition;
import dev.firn.definition.bind.Binder;
import dev.firn.definition.bind.Bound;
import dev.firn.definition.bind.OptionConformance;
import dev.firn.definition.diagnostic.Checked;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.yaml.Node;
import dev.firn.definition.yaml.YamlReader;
import dev.firn.spi.Connectors;
import dev.firn.spi.source.SourceConnector;
import dev.firn.spi.source.SourceDescription.NamedStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseConnectorTest {

    private static final Connectors CONNECTORS = Connectors.load(DatabaseConnectorTest.class.getClassLoader());

    @ParameterizedTest
    @ValueSource(strings = {"mysql", "postgres"})
    void keepsTheRulesOfOptions(String type) {
        assertThat(OptionConformance.violations(CONNECTORS.source(type).options()))
                .isEmpty();
    }

    @Test
    void namesTheTablesThatTheFileNames() {
        SourceDefinition source = postgres(
                """
                hostname: localhost
                database: crm
                username: firn
                password: ${secret:crm}
                tables: [public.customers, public.order_*, "/public\\\\.x\\\\d/", public.items]
                """);
        Diagnostics diagnostics = new Diagnostics();

        assertThat(CONNECTORS.source("postgres").describe(source, diagnostics).streams())
                .extracting(NamedStream::name)
                .containsExactly("public.customers", "public.items");
        assertThat(diagnostics.inOrder()).isEmpty();
    }

    @Test
    void aDatabaseThatIsNotBuiltIsNeverAskedByAPlan() {
        SourceDefinition source =
                postgres("{hostname: h, database: d, username: u, password: \"${secret:p}\", tables: t}");
        SourceConnector connector = CONNECTORS.source("mysql");

        assertThatThrownBy(() -> connector.inspect(source, raw -> raw))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("our bug: the plan let a source of type mysql pass");
    }

    private static SourceDefinition postgres(String options) {
        Node.Mapping node =
                (Node.Mapping) YamlReader.read("shop.yaml", options).value().orElseThrow();
        Checked<Bound<PostgresOptions>> bound = Binder.bind(node, PostgresOptions.class);
        assertThat(bound.diagnostics()).isEmpty();
        return new SourceDefinition("crm", "postgres", bound.value().orElseThrow());
    }
}
