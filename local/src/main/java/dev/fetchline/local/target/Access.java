package dev.fetchline.local.target;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsAsyncClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.http.crt.AwsCrtAsyncHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

/// How the clients of a stack reach it: region, credentials, and an address where it is not AWS' own.
///
/// @param region that requests are signed for
/// @param credentials that sign them
/// @param profile of the AWS CLI's files, where one was named
/// @param isLocal whether nothing of the user's own AWS configuration may reach the clients
public record Access(Region region, AwsCredentialsProvider credentials, Optional<String> profile, boolean isLocal) {
    /// Longer than the longest poll.
    private static final Duration CALL_MAX = Duration.ofSeconds(60);

    private static final int CONNECTIONS_MAX = 32;

    /// To servers on this machine or an emulator, which look at no credentials; those of a real account must not even
    /// be sent to them.
    public static Access local() {
        return new Access(
                Region.US_EAST_1,
                StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")),
                Optional.empty(),
                true);
    }

    /// To AWS, with region and credentials found as the AWS CLI finds them.
    ///
    /// @param region null to look for it in the environment and the profile
    /// @param profile null for the one that the environment names, or the default one
    /// @throws TargetException if no region is to be found
    public static Access deployed(@Nullable String region, @Nullable String profile) {
        DefaultCredentialsProvider.Builder credentials = DefaultCredentialsProvider.builder();
        DefaultAwsRegionProviderChain.Builder regions = DefaultAwsRegionProviderChain.builder();
        if (profile != null) {
            if (ProfileFile.defaultProfileFile().profile(profile).isEmpty()) {
                throw new TargetException("there is no profile \"" + profile
                        + "\" in the AWS configuration; expected one that aws configure list-profiles shows.");
            }
            credentials.profileName(profile);
            regions.profileName(profile);
        }
        try {
            return new Access(
                    region == null ? regions.build().getRegion() : Region.of(region),
                    credentials.build(),
                    Optional.ofNullable(profile),
                    false);
        } catch (software.amazon.awssdk.core.exception.SdkClientException e) {
            throw new TargetException(
                    "no region is set for --stack: add --region, such as --region eu-central-1, or set AWS_REGION.", e);
        }
    }

    /// Gives a client's builder what every client of this stack has.
    ///
    /// @param endpoint null for the service's own
    public <B extends AwsClientBuilder<B, ?> & AwsAsyncClientBuilder<B, ?>> B applyTo(
            B builder, @Nullable URI endpoint) {
        if (endpoint != null) {
            builder.endpointOverride(endpoint);
        }
        return builder.region(region)
                .credentialsProvider(credentials)
                .httpClientBuilder(AwsCrtAsyncHttpClient.builder().maxConcurrency(CONNECTIONS_MAX))
                .overrideConfiguration(settings -> {
                    settings.apiCallTimeout(CALL_MAX);
                    if (isLocal) {
                        settings.defaultProfileFile(ProfileFile.aggregator().build());
                    } else {
                        profile.ifPresent(settings::defaultProfileName);
                    }
                });
    }
}
