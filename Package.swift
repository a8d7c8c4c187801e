// swift-tools-version: 6.2

import PackageDescription

// Every Swift target is compiled with the same strict settings; warnings are errors in our own code.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
    // SE-0335: `any` in front of every existential.
    .enableUpcomingFeature("ExistentialAny"),
    // SE-0444: members come only from modules the file imports.
    .enableUpcomingFeature("MemberImportVisibility"),
    // SE-0409: an import is internal unless it says otherwise.
    .enableUpcomingFeature("InternalImportsByDefault"),
    // SE-0461: a nonisolated async function runs on its caller's actor.
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

/// - Parameter isHot: whether every request goes through it. That no two accesses to one property overlap is then checked at run time in debug
///   builds only: docs/decisions/016-exclusivity.md.
func module(_ name: String, isHot: Bool = false, _ dependencies: [Target.Dependency] = []) -> Target {
    let hot: [SwiftSetting] = [.unsafeFlags(["-enforce-exclusivity=unchecked"], .when(configuration: .release))]
    return .target(name: name, dependencies: dependencies, swiftSettings: strict + (isHot ? hot : []))
}

/// - Parameter computes: whether the tests themselves have much to compute: models, properties, random texts, load. The others wait for what
///   they test, which is optimized in any case; without optimization they are compiled in less than half of the time.
func tests(_ name: String, computes: Bool = false, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(
        name: name, dependencies: dependencies, swiftSettings: strict + (computes ? [] : [.unsafeFlags(["-Onone"])]))
}

let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioTLS = Target.Dependency.product(name: "NIOTLS", package: "swift-nio")
let nioEmbedded = Target.Dependency.product(name: "NIOEmbedded", package: "swift-nio")
let nioLocks = Target.Dependency.product(name: "NIOConcurrencyHelpers", package: "swift-nio")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let metrics = Target.Dependency.product(name: "CoreMetrics", package: "swift-metrics")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let httpClient = Target.Dependency.product(name: "AsyncHTTPClient", package: "async-http-client")
let unixSignals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")

let package = Package(
    name: "ErrorIngest",
    products: [
        .executable(name: "error-ingest", targets: ["ErrorIngest"]),
        // For the applications that report: see docs/reporting.md.
        .library(name: "ErrorIngestClient", targets: ["ErrorIngestClient"]),
        // What scripts/bench measures the service against.
        .executable(name: "error-ingest-yardsticks", targets: ["Yardsticks"]),
        // Whose instructions and allocations scripts/check-gates counts.
        .executable(name: "error-ingest-gates", targets: ["Gates"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-nio.git", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras.git", exact: "1.35.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl.git", exact: "2.37.6"),
        .package(url: "https://github.com/swift-server/async-http-client.git", exact: "1.37.0"),
        .package(url: "https://github.com/apple/swift-http-types.git", exact: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log.git", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics.git", exact: "2.13.0"),
        .package(url: "https://github.com/apple/swift-argument-parser.git", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-configuration.git", exact: "1.4.0", traits: []),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", exact: "2.13.0"),
        .package(
            url: "https://github.com/hummingbird-project/hummingbird.git",
            exact: "2.28.1",
            traits: ["ConfigurationSupport"]
        ),
    ],
    targets: [
        // C boundaries. Each is imported by exactly one Swift module; scripts/check-modules enforces it.
        .systemLibrary(name: "CHiredis"),
        .systemLibrary(name: "CMariaDB", pkgConfig: "libmariadb"),
        .systemLibrary(name: "CLibcrypto"),
        // SQL and Lua files as bytes, embedded by the C compiler (`#embed`).
        .target(name: "CAssets", exclude: ["sql", "lua"]),

        // Pure modules: no I/O.
        module("Fingerprint", ["CLibcrypto"]),
        module("QueueCore", [logging, metrics]),
        module("Ingest", isHot: true, ["Fingerprint", "QueueCore"]),
        module("SyncJob", ["Ingest", logging, metrics, lifecycle]),
        module("PrometheusExposition", isHot: true, [metrics, nioLocks]),

        // Clients of the two stores; no domain words in either.
        module("RedisClient", isHot: true, ["CHiredis", nioCore, nioPosix, nioSSL, nioTLS, nioLocks, logging]),
        module("MySQLClient", ["CMariaDB", logging]),

        // Adapters between the ports of Ingest and QueueCore and the two stores.
        module(
            "IngestStorage", isHot: true,
            ["Ingest", "QueueCore", "Fingerprint", "RedisClient", "MySQLClient", "CAssets", nioCore, logging]
        ),
        // Private redis-server and mariadbd processes: embedded mode, and the servers of the tests.
        module("EmbeddedServers", [logging, lifecycle]),

        // The accept path's HTTP: requests it owns never reach Hummingbird.
        module("FastLane", isHot: true, [nioCore, nioHTTP1]),
        // What the fast lane serves: reports and events, decoded, admitted and answered on one event loop.
        module(
            "AcceptLane", isHot: true,
            ["FastLane", "Ingest", "IngestStorage", "QueueCore", "Fingerprint", nioCore, nioHTTP1, nioLocks, metrics]
        ),

        // What other people's Swift applications report with. Imports nothing of the service.
        module("ErrorIngestClient", [httpClient, nioCore, nioHTTP1, nioLocks, logging, lifecycle]),

        .executableTarget(
            name: "ErrorIngest",
            dependencies: [
                "Fingerprint", "QueueCore", "Ingest", "SyncJob", "IngestStorage", "RedisClient", "MySQLClient",
                "EmbeddedServers", "PrometheusExposition", "FastLane", "AcceptLane",
                nioCore, nioPosix, nioHTTP1, nioLocks,
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras"),
                .product(name: "HTTPTypes", package: "swift-http-types"), logging, metrics, lifecycle, unixSignals,
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "Configuration", package: "swift-configuration"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict
        ),

        // What scripts/bench measures the service against.
        .executableTarget(
            name: "Yardsticks",
            dependencies: [
                "MySQLClient", nioCore, nioPosix, nioHTTP1, unixSignals,
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            path: "Benchmarks/Yardsticks",
            swiftSettings: strict
        ),

        // Pieces of the hot path's work, for counting instructions and allocations. Replaces malloc: nothing else may link it.
        .target(name: "CAllocationCount", path: "Benchmarks/CAllocationCount"),
        .executableTarget(
            name: "Gates",
            dependencies: [
                "CAllocationCount", "AcceptLane", "FastLane", "Fingerprint", "Ingest", "IngestStorage", "RedisClient",
                "PrometheusExposition", nioCore, nioHTTP1, nioEmbedded, logging, metrics,
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            path: "Benchmarks/Gates",
            swiftSettings: strict
        ),

        // Private servers for the tests, and the one suite over every queue driver.
        .target(
            name: "TestServers", dependencies: ["EmbeddedServers", logging], path: "Tests/TestServers",
            swiftSettings: strict),
        .target(
            name: "QueueConformance", dependencies: ["QueueCore"], path: "Tests/QueueConformance", swiftSettings: strict
        ),
        tests("FingerprintTests", computes: true, ["Fingerprint", "QueueCore"]),
        tests("QueueCoreTests", computes: true, ["QueueCore", "QueueConformance", logging, metrics]),
        tests("IngestTests", computes: true, ["Ingest", "Fingerprint", "QueueCore"]),
        tests(
            "SyncJobTests", computes: true,
            ["SyncJob", "Ingest", "Fingerprint", "QueueCore", "PrometheusExposition", metrics, logging, lifecycle]),
        tests("PrometheusExpositionTests", ["PrometheusExposition", metrics]),
        tests("FastLaneTests", ["FastLane", nioCore, nioHTTP1, nioPosix, nioEmbedded]),
        tests("RedisClientTests", ["RedisClient", "TestServers", nioCore, nioPosix, nioEmbedded, nioLocks, logging]),
        tests("MySQLClientTests", ["MySQLClient", "TestServers", logging]),
        tests(
            "ErrorIngestClientTests",
            [
                "ErrorIngestClient", "TestServers", httpClient, nioCore, nioPosix, nioHTTP1, nioLocks, logging,
                lifecycle,
                unixSignals,
            ]),
        tests("EmbeddedServersTests", ["EmbeddedServers", "TestServers", logging, lifecycle]),
        tests(
            "ConformanceTests",
            [
                "QueueCore", "QueueConformance", "IngestStorage", "RedisClient", "TestServers", nioCore, nioPosix,
                logging,
            ]
        ),
        tests(
            "IntegrationTests",
            [
                "Ingest", "QueueCore", "Fingerprint", "IngestStorage", "SyncJob", "RedisClient", "MySQLClient",
                "TestServers",
                nioCore, nioPosix, logging,
            ]
        ),
        // Drives the built binary over HTTP; imports nothing of the service but pure modules and the clients. What drives it shares two cores
        // with what is measured.
        tests(
            "EndToEndTests", computes: true,
            [
                "Ingest", "QueueCore", "Fingerprint", "RedisClient", "MySQLClient", "TestServers", nioCore, nioPosix,
                nioHTTP1, nioLocks, logging,
            ]
        ),
    ],
    cLanguageStandard: .c2x
)
