// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "hookgate",
    products: [
        .library(name: "PluginRuntime", targets: ["PluginRuntime"])
    ],
    dependencies: [
        .package(path: "PluginSDK"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/stencilproject/Stencil", from: "0.15.1"),
        .package(url: "https://github.com/vapor/jwt-kit", from: "5.7.1"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
        .systemLibrary(name: "CFFI", pkgConfig: "libffi", providers: [.apt(["libffi-dev"])]),
        .target(name: "CLinux"),
        .target(name: "CSandbox"),
        .target(name: "PluginSandbox", dependencies: ["CSandbox", payloads]),
        .target(name: "CJournal"),
        .target(name: "YAMLTree", dependencies: ["CYAML"]),
        .target(name: "PluginConfig", dependencies: ["YAMLTree", "PluginHooks", payloads]),
        .target(
            name: "PluginHooks",
            dependencies: ["CJournal", "CLinux", payloads, .product(name: "DequeModule", package: "swift-collections")]
        ),
        .target(name: "PluginStore", dependencies: [.product(name: "Crypto", package: "swift-crypto")]),
        .target(name: "PluginJournal", dependencies: ["CJournal", payloads]),
        .target(
            name: "WorkerProtocol",
            dependencies: [
                "PluginHooks", "PluginLoader", "CLinux", payloads, abi,
                .product(name: "DequeModule", package: "swift-collections"),
            ]
        ),
        .target(
            name: "WorkerHost",
            dependencies: [
                "PluginHooks", "PluginLoader", "PluginSandbox", "CJournal", "CSandbox", "WorkerProtocol", payloads,
            ]
        ),
        .target(
            name: "PluginWorker",
            dependencies: [
                "PluginHooks", "PluginLoader", "PluginSandbox", "CJournal", "CSandbox", "WorkerProtocol", "CLinux",
                payloads,
                .product(name: "HeapModule", package: "swift-collections"),
            ]
        ),
        .target(
            name: "PluginLoader",
            dependencies: ["PluginHooks", "PluginSandbox", "CFFI", "CJournal", "CLinux", payloads, abi]
        ),
        .target(
            name: "PluginRuntime",
            dependencies: [
                "CLinux", "YAMLTree", "PluginConfig", "PluginHooks", "PluginJournal", "PluginLoader", "PluginSandbox",
                "PluginStore", "PluginWorker", "WorkerProtocol", payloads, schemas,
                .product(name: "Logging", package: "swift-log"),
            ]
        ),
        .target(name: "GatewayTemplates", dependencies: [payloads, .product(name: "Stencil", package: "Stencil")]),
        .target(
            name: "GatewayCore",
            dependencies: ["GatewayTemplates", payloads, .product(name: "Logging", package: "swift-log")]
        ),
        .target(
            name: "GatewayAuth",
            dependencies: ["GatewayCore", payloads, .product(name: "JWTKit", package: "jwt-kit")]
        ),
        .target(
            name: "GatewayStore",
            dependencies: ["GatewayCore", payloads, .product(name: "GRDB", package: "GRDB.swift")]
        ),
        .target(
            name: "GatewayUpstreams",
            dependencies: [
                "GatewayCore", payloads,
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
            ]
        ),
        .target(
            name: "GatewayHTTP",
            dependencies: [
                "GatewayCore", payloads,
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]
        ),
        .target(
            name: "GatewayApp",
            dependencies: [
                "GatewayAuth", "GatewayCore", "GatewayTemplates", "GatewayStore", "GatewayUpstreams", "GatewayHTTP",
                "PluginConfig",
                "PluginRuntime", "PluginStore", payloads, abi,
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ]
        ),
        .executableTarget(
            name: "hookgate",
            dependencies: [
                "GatewayApp", "GatewayCore", "PluginConfig", "PluginJournal", "PluginRuntime", "PluginStore", payloads,
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
            ]
        ),
        .executableTarget(name: "hookgate-worker", dependencies: ["PluginLoader", "WorkerHost"]),
        .executableTarget(
            name: "hookgate-bench",
            dependencies: [
                "CJournal", "PluginJournal", "PluginRuntime", payloads,
                .product(name: "Logging", package: "swift-log"),
            ],
            path: "Tests/Benchmarks",
            exclude: ["Plugins", "allocations.c", "chain.yaml", "gateway"]
        ),
        .testTarget(name: "YAMLTreeTests", dependencies: ["TestSupport", "YAMLTree"]),
        .testTarget(name: "PluginConfigTests", dependencies: [schemas, "PluginConfig", "PluginHooks", "TestSupport"]),
        .testTarget(name: "PluginHooksTests", dependencies: ["PluginHooks", "TestSupport", payloads]),
        .testTarget(
            name: "WorkerProtocolTests",
            dependencies: ["PluginHooks", "PluginLoader", "WorkerProtocol", payloads]
        ),
        .testTarget(
            name: "PluginWorkerTests",
            dependencies: ["PluginHooks", "PluginWorker", "WorkerProtocol", "CLinux"]
        ),
        .testTarget(name: "PluginStoreTests", dependencies: ["PluginStore"]),
        .testTarget(name: "PluginJournalTests", dependencies: ["CJournal", "PluginJournal", "TestSupport", payloads]),
        .testTarget(
            name: "PluginLoaderTests",
            dependencies: ["PluginLoader", "PluginSandbox", "CTestFunctions", "TestSupport", payloads, abi]
        ),
        .testTarget(
            name: "PluginRuntimeTests",
            dependencies: [
                "IsolationTesting", "PluginConfig", "PluginRuntime", "PluginSandbox", "PluginStore", "TestSupport",
                payloads,
                .product(name: "Logging", package: "swift-log"),
            ]
        ),
        .testTarget(name: "GatewayTemplatesTests", dependencies: ["GatewayTemplates", payloads]),
        .testTarget(name: "CommandTests", dependencies: ["PluginStore", "TestSupport"]),
        .testTarget(
            name: "DocumentationTests",
            dependencies: ["GatewayCore", "PluginConfig", "PluginHooks", payloads]
        ),
        .testTarget(name: "HostileClientTests", dependencies: ["GatewayTesting", "TestSupport", payloads]),
        .executableTarget(
            name: "hookgate-storm",
            dependencies: ["GatewayTesting", "TestSupport", payloads],
            path: "Tests/Storm",
            exclude: ["load.lua"]
        ),
        .executableTarget(
            name: "hookgate-containment",
            dependencies: ["GatewayTesting", "TestSupport", payloads],
            path: "Tests/Containment"
        ),
        .target(name: "TestSupport", dependencies: ["CControl"], path: "Tests/Support"),
        .target(name: "IsolationTesting", dependencies: ["TestSupport"], path: "Tests/IsolationTesting"),
        .testTarget(
            name: "GatewayCoreTests",
            dependencies: ["GatewayCore", "GatewayTemplates", "GatewayTesting", payloads]
        ),
        .testTarget(
            name: "GatewayAuthTests",
            dependencies: [
                "GatewayAuth", "GatewayCore", "GatewayTesting", payloads,
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
            ]
        ),
        .testTarget(
            name: "GatewayStoreTests",
            dependencies: [
                "GatewayCore", "GatewayStore", "TestSupport", payloads, .product(name: "GRDB", package: "GRDB.swift"),
            ]
        ),
        .testTarget(
            name: "GatewayUpstreamsTests",
            dependencies: [
                "GatewayCore", "GatewayTesting", "GatewayUpstreams", "TestSupport", payloads,
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
            ]
        ),
        .testTarget(
            name: "GatewayHTTPTests",
            dependencies: [
                "GatewayCore", "GatewayHTTP", "GatewayTesting", "GatewayUpstreams", "IsolationTesting", "PluginRuntime",
                "TestSupport", payloads,
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
            ]
        ),
        .testTarget(
            name: "GatewayAppTests",
            dependencies: [
                "GatewayApp", "GatewayCore", "GatewayHTTP", "TestSupport", payloads,
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
            ]
        ),
        .testTarget(
            name: "ContractTests",
            dependencies: ["GatewayTesting", "IsolationTesting", "TestSupport", payloads]
        ),
        .testTarget(
            name: "GatewayProcessTests",
            dependencies: ["GatewayTesting", "IsolationTesting", "TestSupport", payloads]
        ),
        .target(
            name: "GatewayTesting",
            dependencies: [
                "GatewayApp", "GatewayCore", "GatewayHTTP", "PluginRuntime", "TestSupport", payloads,
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            path: "Tests/GatewayTesting"
        ),
        .target(name: "CDeeds", path: "Tests/Fixtures/CDeeds", cSettings: [.define("_GNU_SOURCE")]),
        .executableTarget(
            name: "hookgate-deeds",
            dependencies: ["CDeeds", "CSandbox", "PluginSandbox", payloads],
            path: "Tests/Deeds"
        ),
        .testTarget(name: "PluginSandboxTests", dependencies: ["CSandbox", "PluginSandbox", "TestSupport", payloads]),
        // The host names of a plugin that examples/resource-filter builds, for its fuzz target.
        .target(name: "CanonicalHosts", path: "examples/resource-filter/Sources/CanonicalHosts"),
        .target(
            name: "FuzzTargets",
            dependencies: [
                "CanonicalHosts", "GatewayCore", "GatewayTemplates", "GatewayTesting", "PluginConfig",
                "PluginHooks", "PluginLoader", "PluginRuntime", "WorkerProtocol", "YAMLTree", payloads, schemas,
            ],
            path: "Tests/Fuzzing/Targets"
        ),
        .executableTarget(name: "hookgate-fuzz", dependencies: ["FuzzTargets"], path: "Tests/Fuzzing/Command"),
        .testTarget(name: "FuzzTests", dependencies: ["FuzzTargets", "TestSupport"]),
        .target(name: "CTestFunctions", dependencies: [abi], path: "Tests/Fixtures/CTestFunctions"),
        .target(
            name: "CControl",
            path: "Tests/Fixtures/CControl",
            cSettings: [.define("_GNU_SOURCE")]
        ),
    ],
    swiftLanguageModes: [.v6],
    cLanguageStandard: .c11
)

var payloads: Target.Dependency { .product(name: "PluginPayloads", package: "PluginSDK") }
var schemas: Target.Dependency { .product(name: "PluginSchema", package: "PluginSDK") }
var abi: Target.Dependency { .product(name: "CHookgate", package: "PluginSDK") }

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InferIsolatedConformances"),
    .enableUpcomingFeature("ImmutableWeakCaptures"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
    .treatWarning("DeprecatedDeclaration", as: .warning),
]

for target in package.targets where target.type != .system && !target.name.hasPrefix("C") {
    let explicit: [SwiftSetting] = target.name == "PluginRuntime" ? [.treatWarning("ExplicitSendable", as: .error)] : []
    target.swiftSettings = (target.swiftSettings ?? []) + settings + explicit
}
