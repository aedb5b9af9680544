package dev.fetchline.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

/// What the product's code must not do, wherever it stands.
final class ArchitectureTest {
    /// In the order in which data walks through them; a room knows those before it.
    private static final List<String> ROOMS = List.of(
            "pace",
            "aws",
            "intake",
            "guard",
            "http",
            "retry",
            "record",
            "queue",
            "defer",
            "progress",
            "pipeline",
            "lambda");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(location -> !location.contains("test-classes") && !location.contains("-tests.jar"))
            .importPackages("dev.fetchline");

    private static Stream<String> accesses(Predicate<JavaAccess<?>> unwanted) {
        return CLASSES.stream()
                .flatMap(its -> its.getAccessesFromSelf().stream())
                .filter(unwanted)
                .map(access -> access.getOrigin().getFullName());
    }

    private static boolean isOn(JavaAccess<?> access, Class<?> type, String... names) {
        return access.getTargetOwner().isAssignableTo(type)
                && Set.of(names).contains(access.getTarget().getName());
    }

    @Test
    void all_rooms_are_looked_at() {
        assertThat(CLASSES.stream().map(ArchitectureTest::room).distinct()).containsAll(ROOMS);
    }

    @Test
    void no_thread_waits_for_a_future_but_those_of_the_handler_and_of_the_start() {
        assertThat(accesses(access -> isOn(access, Future.class, "join", "get"))
                        .map(origin -> origin.substring(0, origin.indexOf('(')))
                        .map(origin -> origin.replaceFirst("lambda\\$(\\w+)\\$\\d+$", "$1"))
                        .distinct())
                .containsExactlyInAnyOrder(
                        "dev.fetchline.lambda.FetchHandler.handleRequest", "dev.fetchline.lambda.ColdStart.pipeline");
    }

    @Test
    void only_the_handler_reads_the_environment() {
        assertThat(accesses(access -> isOn(access, System.class, "getenv")).distinct())
                .containsExactly("dev.fetchline.lambda.FetchHandler.<init>()");
    }

    @Test
    void no_thread_sleeps() {
        assertThat(accesses(access -> isOn(access, Thread.class, "sleep"))).isEmpty();
    }

    /// Its seeds are part of a snapshot: all who are restored from one would draw the same.
    @Test
    void nothing_is_drawn_from_what_the_jvm_was_seeded_with_at_its_start() {
        assertThat(accesses(access -> access.getTargetOwner().isEquivalentTo(ThreadLocalRandom.class)
                        || isOn(access, Math.class, "random")))
                .isEmpty();
    }

    /// Any other would fail, and only then.
    @Test
    void the_queues_client_has_every_call_that_is_made_of_it() {
        Set<String> calls = CLASSES.stream()
                .filter(its -> !its.isEquivalentTo(SqsOnDemand.class))
                .flatMap(its -> its.getAccessesFromSelf().stream())
                .filter(access -> access.getTargetOwner().isEquivalentTo(SqsAsyncClient.class))
                .map(access -> access.getTarget().getName())
                .filter(name -> !Set.of("builder", "close").contains(name))
                .collect(Collectors.toSet());
        assertThat(calls)
                .isEqualTo(Stream.of(SqsOnDemand.class.getDeclaredMethods())
                        .map(Method::getName)
                        .filter(name -> Stream.of(SqsAsyncClient.class.getMethods())
                                .anyMatch(its -> its.getName().equals(name)))
                        .filter(name -> !Set.of("serviceName", "close").contains(name))
                        .collect(Collectors.toSet()));
    }

    /// A binder of data is hundreds of classes of a start.
    @Test
    void events_are_bound_to_no_objects() {
        assertThat(CLASSES.stream()
                        .flatMap(its -> its.getDirectDependenciesFromSelf().stream())
                        .map(dependency -> dependency.getTargetClass().getPackageName())
                        .filter(name -> name.contains("jackson.databind")
                                || name.startsWith("com.amazonaws.services.lambda.runtime.events")))
                .isEmpty();
        assertThat(FetchHandler.class).isAssignableTo(RequestStreamHandler.class);
    }

    @Test
    void no_room_knows_one_behind_it() {
        assertThat(CLASSES.stream()
                        .flatMap(its -> its.getDirectDependenciesFromSelf().stream())
                        .filter(dependency -> ROOMS.indexOf(room(dependency.getTargetClass()))
                                > ROOMS.indexOf(room(dependency.getOriginClass())))
                        .map(dependency -> dependency.getDescription()))
                .isEmpty();
    }

    /// Empty for what is not ours.
    private static String room(JavaClass its) {
        String name = its.getPackageName();
        return name.startsWith("dev.fetchline.") ? name.split("\\.", 4)[2] : "";
    }
}
