package dev.fetchline.local.stack;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/// An emulator of AWS that somebody else has started, with SQS and DynamoDB at one address: LocalStack and its like.
/// Nothing of it is stopped or removed.
///
/// @param endpoint as [EmulatorUrl] reads it
/// @param account that its ARNs name
record Emulator(URI endpoint, String account) implements StackServers {
    private static final Duration CONNECT_MAX = Duration.ofSeconds(5);
    private static final Duration ANSWER_MAX = Duration.ofSeconds(10);

    /// The one call of AWS that asks who the caller is. Emulators read of the signature whose service is meant.
    private static final String WHO = "Action=GetCallerIdentity&Version=2011-06-15";

    private static final String SIGNATURE = "AWS4-HMAC-SHA256 Credential=" + AwsClients.ACCESS_KEY + "/20260101/"
            + StackTemplate.REGION + "/sts/aws4_request, SignedHeaders=host;x-amz-date, Signature=none";
    private static final Pattern ACCOUNT = Pattern.compile("<Account>(\\d{12})</Account>");

    /// @throws LocalStackException if nothing answers there
    static Emulator at(URI endpoint) {
        HttpRequest who = HttpRequest.newBuilder(endpoint)
                .timeout(ANSWER_MAX)
                .header("Authorization", SIGNATURE)
                .header("X-Amz-Date", "20260101T000000Z")
                .header("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
                .POST(BodyPublishers.ofString(WHO))
                .build();
        // Not by the SDK's client: it tries again for long, and its words for what went wrong are those of its innards.
        try (HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .proxy(HttpClient.Builder.NO_PROXY)
                .connectTimeout(CONNECT_MAX)
                .build()) {
            // Whatever it answers, something is there; an emulator without STS has the account that most have.
            Matcher account =
                    ACCOUNT.matcher(client.send(who, BodyHandlers.ofString()).body());
            return new Emulator(endpoint, account.find() ? account.group(1) : StackTemplate.ACCOUNT);
        } catch (IOException e) {
            throw new LocalStackException(
                    "No emulator answers at " + endpoint + ": " + cause(e)
                            + "; start one first, as with docker compose up --wait.",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalStackException("The local run was interrupted.", e);
        }
    }

    private static String cause(IOException e) {
        return switch (e) {
            case HttpTimeoutException _ -> "nothing came within " + ANSWER_MAX.toSeconds() + " s";
            case ConnectException _ when isUnresolved(e) -> "there is no such host";
            case ConnectException _ -> "the connection was refused, or the host cannot be reached";
            case SSLException _ -> "TLS failed (" + e.getMessage() + ")";
            default -> "what listens there does not speak HTTP";
        };
    }

    private static boolean isUnresolved(Throwable fault) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException) {
                return true;
            }
        }
        return false;
    }

    @Override
    public URI sqsEndpoint() {
        return endpoint;
    }

    @Override
    public URI dynamoDbEndpoint() {
        return endpoint;
    }

    @Override
    public boolean mayHoldMore() {
        return true;
    }

    @Override
    public Optional<SendTimes> sendTimes() {
        return Optional.empty();
    }

    /// Asks for what every server of its kind has an answer to, before anything is made.
    @Override
    public void check(AwsClients clients) {
        require("SQS", clients.sqs().listQueues());
        require("DynamoDB", clients.dynamoDb().listTables());
    }

    private void require(String service, CompletableFuture<?> call) {
        String why;
        try {
            var _ = Calls.await(call);
            return;
        } catch (AwsServiceException e) {
            why = "it answers with HTTP status " + e.statusCode();
        } catch (SdkException e) {
            why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        }
        throw new LocalStackException("What listens at " + endpoint + " is no emulator of " + service + ": "
                + why.replaceFirst("[.]$", "") + ".");
    }

    /// It is not ours to stop.
    @Override
    public void close() {}
}
