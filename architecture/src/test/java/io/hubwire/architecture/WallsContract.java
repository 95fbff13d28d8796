// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.architecture;

import com.tngtech.archunit.lang.ArchRule;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * Every wall, with the planted classes that break it. One subclass holds the real tree to the walls, the other sees each
 * wall report what was planted.
 */
abstract class WallsContract {
    abstract void check(Function<String, ArchRule> wall, String... planted);

    @Test
    void every_class_of_the_core_has_a_room() {
        check(Walls::everyClassOfTheCoreHasARoom, "planted.internal.attic.Homeless");
    }

    @Test
    void api_knows_spi_and_protocol() {
        check(Walls::apiKnowsSpiAndProtocol, "planted.ApiOnEngine", "planted.ApiOnCodec");
    }

    @Test
    void hub_knows_the_builder_and_nothing_else_of_the_engine() {
        check(
                Walls::hubKnowsTheBuilderAndNothingElseOfTheEngine,
                "planted.internal.Builder>",
                "planted.internal.session.SessionOnRouting");
    }

    @Test
    void spi_knows_protocol() {
        check(Walls::spiKnowsProtocol, "planted.spi.SpiOnApi");
    }

    @Test
    void protocol_knows_nothing() {
        check(Walls::protocolKnowsNothing, "planted.protocol.ProtocolOnSpi");
    }

    @Test
    void codec_knows_spi_and_protocol() {
        check(Walls::codecKnowsSpiAndProtocol, "planted.codec.CodecOnApi");
    }

    @Test
    void only_codec_knows_jackson() {
        check(Walls::onlyCodecKnowsJackson, "planted.spi.SpiOnJackson");
    }

    @Test
    void only_the_composition_root_knows_codec() {
        check(Walls::onlyTheCompositionRootKnowsCodec, "planted.internal.delivery.DeliveryOnCodec");
    }

    @Test
    void engine_keeps_its_order() {
        check(
                Walls::engineKeepsItsOrder,
                "planted.internal.runtime.RuntimeOnDirectory",
                "planted.internal.directory.DirectoryOnSession",
                "planted.internal.session.SessionOnRouting",
                "planted.internal.routing.RoutingOnDelivery",
                "planted.internal.liveness.LivenessOnRoot");
    }

    @Test
    void only_runtime_knows_threads_clocks_and_chance() {
        check(
                Walls::onlyRuntimeKnowsThreadsClocksAndChance,
                "planted.internal.session.Clocks.nanos(",
                "planted.internal.session.Clocks.millis(",
                "planted.internal.session.Clocks.reference(",
                "planted.internal.session.Clocks.instant(",
                "planted.internal.session.Clocks.clock(",
                "planted.internal.session.Threads.start(",
                "planted.internal.session.Threads.executor(",
                "planted.internal.session.Threads.scheduler",
                "planted.internal.session.Threads.timer(",
                "planted.internal.session.Threads.async(",
                "planted.internal.session.Threads.timeout(",
                "planted.internal.session.Threads.later(",
                "planted.internal.session.Threads.parallel(",
                "planted.internal.session.Chance.random(",
                "planted.internal.session.Chance.id(");
    }

    @Test
    void packages_have_no_cycles() {
        check(Walls::packagesHaveNoCycles, "planted.jakarta.AdapterOnTestkit", "planted.testkit.TestkitOnAdapter");
    }

    @Test
    void every_package_is_null_marked() {
        check(Walls::everyPackageIsNullMarked, "planted.unmarked.Unmarked");
    }

    @Test
    void nobody_outside_the_core_touches_the_engine() {
        check(Walls::nobodyOutsideTheCoreTouchesTheEngine, "planted.jakarta.AdapterOnEngine");
    }

    @Test
    void the_core_knows_neither_adapter_nor_testkit_nor_examples() {
        check(Walls::theCoreKnowsNeitherAdapterNorTestkitNorExamples, "planted.internal.EngineOnAdapter");
    }

    @Test
    void adapter_does_not_see_testkit() {
        check(Walls::adapterDoesNotSeeTestkit, "planted.jakarta.AdapterOnTestkit");
    }

    @Test
    void testkit_does_not_see_adapter() {
        check(Walls::testkitDoesNotSeeAdapter, "planted.testkit.TestkitOnAdapter");
    }

    @Test
    void the_client_knows_types_and_protocol_only() {
        check(Walls::theClientKnowsTypesAndProtocolOnly, "planted.client.ClientOnHub", "planted.client.ClientOnSpi");
    }

    @Test
    void nothing_for_hubs_knows_the_client() {
        check(Walls::nothingForHubsKnowsTheClient, "planted.testkit.TestkitOnClient");
    }

    @Test
    void only_classes_named_jakarta_know_the_clients_container() {
        check(Walls::onlyClassesNamedJakartaKnowTheClientsContainer, "planted.client.internal.EngineOnContainer");
    }

    @Test
    void the_clients_engine_leaves_threads_clocks_and_chance_to_its_runtime() {
        check(
                Walls::theClientsEngineLeavesThreadsClocksAndChanceToItsRuntime,
                "planted.client.internal.Hurry.nanos(",
                "planted.client.internal.Hurry.start(");
    }

    @Test
    void names_say_what_a_thing_is() {
        check(
                Walls::namesSayWhatAThingIs,
                "planted.names.Vague$Util",
                "planted.names.Vague$Utils",
                "planted.names.Vague$Helper",
                "planted.names.Vague$Impl",
                "planted.names.Vague$Manager");
    }

    @Test
    void only_classes_named_grizzly_know_grizzly() {
        check(Walls::onlyClassesNamedGrizzlyKnowGrizzly, "planted.jakarta.AdapterOnGrizzly");
    }

    @Test
    void adapter_never_sends_blocking() {
        check(
                Walls::adapterNeverSendsBlocking,
                "planted.jakarta.Blocking.viaCall(",
                "planted.jakarta.Blocking.viaType(");
    }

    @Test
    void the_core_logs_through_system_logger() {
        check(Walls::theCoreLogsThroughSystemLogger, "planted.internal.Logs.jul", "planted.internal.Logs.slf4j");
    }

    @Test
    void nothing_is_serialised_by_java() {
        check(Walls::nothingIsSerialisedByJava, "planted.internal.Streams");
    }
}
