package dev.firn.it;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;

/** The arrows of the house, where Maven's modules do not hold them already. */
@AnalyzeClasses(packages = "dev.firn", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule nobodyImportsWhatIcebergHasShaded =
            noClasses().should().dependOnClassesThat().resideInAPackage("org.apache.iceberg.shaded..");

    @ArchTest
    static final ArchRule nobodyImportsWhatFlinkHasShaded =
            noClasses().should().dependOnClassesThat().resideInAPackage("org.apache.flink.shaded..");

    @ArchTest
    static final ArchRule theDefinitionKnowsNoFlinkKafkaOrIceberg = noClasses()
            .that()
            .resideInAnyPackage("dev.firn.definition..", "dev.firn.plan..", "dev.firn.schema..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.apache.flink..", "org.apache.kafka..", "org.apache.iceberg..", "org.apache.hadoop..");

    @ArchTest
    static final ArchRule onlyOnePackageOfTheSpiNamesFlink = noClasses()
            .that()
            .resideInAPackage("dev.firn.spi..")
            .and()
            .resideOutsideOfPackage("dev.firn.spi.flink..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.flink..", "org.apache.kafka..", "org.apache.iceberg..");

    @ArchTest
    static final ArchRule pipelinesNameNoConnector = noClasses()
            .that()
            .resideInAnyPackage(
                    "dev.firn.definition..", "dev.firn.spi..", "dev.firn.plan..", "dev.firn.flink..", "dev.firn.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.firn.connector..", "dev.firn.tables..");

    @ArchTest
    static final ArchRule connectorsSeeTheSpiAndNothingBehindIt = noClasses()
            .that()
            .resideInAnyPackage("dev.firn.connector..", "dev.firn.schema..", "dev.firn.quality..", "dev.firn.tables..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.firn.plan..", "dev.firn.flink..", "dev.firn.cli..");

    @ArchTest
    static final ArchRule connectorsDoNotKnowEachOther = SlicesRuleDefinition.slices()
            .matching("dev.firn.connector.(*)..")
            .should()
            .notDependOnEachOther();

    @ArchTest
    static final ArchRule theDevstackAndTheClusterKnowNothingOfOurs = classes()
            .that()
            .resideInAnyPackage("dev.firn.devstack..", "dev.firn.cluster..")
            .should()
            .onlyDependOnClassesThat()
            .resideOutsideOfPackages(
                    "dev.firn.definition..",
                    "dev.firn.spi..",
                    "dev.firn.plan..",
                    "dev.firn.flink..",
                    "dev.firn.cli..",
                    "dev.firn.connector..",
                    "dev.firn.schema..");

    @ArchTest
    static final ArchRule noPackageIsADrawerForOddsAndEnds =
            noClasses().should().resideInAnyPackage("..util..", "..common..", "..impl..", "..helper..", "..manager..");
}
